import { formatFacts, percent } from '@semblance/core/table';
import type { Adaptation } from '@semblance/lab/adapt';
import { defineCommand } from '../cli/command.ts';
import { recognizerOption } from '../cli/model-options.ts';
import { numberOption } from '../cli/options.ts';
import { SemblanceError } from '../error.ts';
import { addEmbeddingOptions, type EmbeddingOptions, withEmbedding } from '../evaluate/options.ts';
import { sayMissed } from '../evaluate/say-missed.ts';

interface Options extends Omit<EmbeddingOptions, 'data'> {
  gallery: string;
  corrections?: string;
  out: string;
  seed: number;
}

export const adaptCommand = defineCommand<Options>({
  path: ['adapt'],
  opensGalleries: true,
  summary: 'fits a recognizer to the people of a gallery, if that helps',
  description:
    'Learns from the gallery’s faces and from corrections (photos that somebody said who is on) how photos of one ' +
    'person differ, and puts a linear head on the recognizer that counts these differences less. Half of the photos ' +
    'are held out to judge it: where it does not help, nothing is written, and the exit code is 3 (ADAPT_NO_GAIN). ' +
    'The gallery and its recognizer stay as they are: build a gallery with the new one, and go back by using the old.',
  examples: [
    [
      'semblance adapt --gallery people --corrections corrected/ --out models/ours',
      'corrected/ has a folder per person; then: semblance gallery build --recognizer models/ours …',
    ],
  ],
  configure(command) {
    command
      .requiredOption('--gallery <gallery>', 'the gallery: a name or a folder')
      .option('--corrections <dir>', 'more photos, a folder per person')
      .requiredOption('--out <dir>', 'the model folder to write')
      .addOption(numberOption('--seed <n>', 'of what is held out', { min: 0, max: 2 ** 31 }).default(1));
    addEmbeddingOptions(command, { hasRecognizer: false });
    command.addOption(
      recognizerOption('the recognizer that the gallery was built with, unless it is a pulled one'),
    );
  },
  async run({ gallery, corrections, out, seed, ...options }, io) {
    const { existsSync } = await import('node:fs');
    const { findGallery, modelsOfGallery } = await import('@semblance/face/gallery');
    const { findModel } = await import('@semblance/face/models');
    const { adaptEmbeddings } = await import('@semblance/lab/adapt');
    const { readFaces, writeAdapted } = await import('../adapt/adapted-model.ts');
    if (existsSync(out))
      throw new SemblanceError('PATH_EXISTS', `${out} is there already: choose another folder`);
    const place = await findGallery(gallery, io.env);
    const { meta, people } = await readFaces(place);
    const recognizer =
      options.recognizer === undefined
        ? (await modelsOfGallery(meta, options, io.env)).recognizer
        : await findModel(options.recognizer, 'recognition', io.env);
    let numCorrections = 0;
    if (corrections !== undefined) {
      const { readPersonFolders } = await import('@semblance/lab/datasets');
      const { embedPhotos } = await import('@semblance/lab/evaluate');
      const found = (await readPersonFolders(corrections)).people;
      const photos = found.flatMap((person) =>
        person.images.map(({ name, path }) => ({ name: `${person.name}/${name}`, path })),
      );
      const embedded = await withEmbedding({ ...options, recognizer }, photos.length, io, (using) =>
        embedPhotos(photos, using),
      );
      sayMissed(io, embedded.missed);
      for (const person of found) {
        const own = person.images.flatMap(
          ({ name }) => embedded.embeddings.get(`${person.name}/${name}`) ?? [],
        );
        people.set(person.name, [...(people.get(person.name) ?? []), ...own]);
        numCorrections += own.length;
      }
    }
    const adaptation = adaptEmbeddings([...people.values()], seed);
    const { head, ...judged } = adaptation;
    const facts = {
      adapted: head !== null,
      code: head ? null : 'ADAPT_NO_GAIN',
      people: people.size,
      numCorrections,
      ...judged,
    };
    if (head) await writeAdapted(recognizer, head, out, facts);
    if (options.format === 'json') io.out(JSON.stringify(facts));
    else for (const line of formatFacts(factsOf(adaptation))) io.out(line);
    if (head) {
      io.err(`${out}: build a gallery with it, semblance gallery build --recognizer ${out} …`);
      return 0;
    }
    io.err(
      'ADAPT_NO_GAIN: on photos held out it does not help, so nothing is written: add corrections and try again',
    );
    return 3;
  },
});

function factsOf({ before, after, gain, gainInterval, alpha }: Adaptation): Record<string, string> {
  const change = (i: 0 | 1) => `${percent(before.tar[i])} → ${percent(after.tar[i])}`;
  return {
    'TAR at FMR 1 %': change(0),
    'TAR at FMR 0.1 %': change(1),
    gain: `${percent(gain)} (95 %: ${gainInterval.map(percent).join(' to ')})`,
    'held-out pairs': `${before.genuine} of one person, ${before.impostor} of two`,
    shrinkage: String(alpha),
  };
}
