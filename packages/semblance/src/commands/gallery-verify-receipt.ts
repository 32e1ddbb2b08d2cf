import { defineCommand } from '../cli/command.ts';

interface Options {
  file: string;
  gallery: string;
}

export const galleryVerifyReceiptCommand = defineCommand<Options>({
  path: ['gallery', 'verify-receipt'],
  opensGalleries: true,
  summary: 'says whether the receipts of people who were removed hold',
  description:
    'A receipt holds where the gallery signed it, the key that it names is destroyed, and nothing in the gallery is sealed by that ' +
    'key: then no copy of the gallery can be read for that person. Exit code 1 where one does not.',
  examples: [
    ['semblance gallery verify-receipt ada.json --gallery people', 'the receipt of gallery remove --receipt'],
  ],
  configure(command) {
    command
      .argument('<file>', 'a file of gallery remove --receipt')
      .requiredOption('--gallery <gallery>', 'the gallery: a name or a folder');
  },
  async run({ file, gallery: given }, io) {
    const { findGallery, galleryKeys, parseReceipt, verifyReceipt } = await import('@semblance/face/gallery');
    const { readFile } = await import('node:fs/promises');
    const path = await findGallery(given, io.env);
    const keys = galleryKeys({}, io.env);
    const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim() !== '');
    let isGood = true;
    for (const receipt of lines.map(parseReceipt)) {
      const { problems, isBack } = await verifyReceipt(receipt, path, keys);
      for (const problem of problems) io.err(`the receipt of key ${receipt.keyId} does not hold: ${problem}`);
      isGood &&= problems.length === 0;
      if (problems.length > 0) continue;
      const back = isBack ? '; somebody of the same name was enrolled again since, by another key' : '';
      io.out(
        `${receipt.numFaces} faces erased, key ${receipt.keyId} destroyed ${receipt.destroyedAt}${back}`,
      );
    }
    return isGood ? 0 : 1;
  },
});
