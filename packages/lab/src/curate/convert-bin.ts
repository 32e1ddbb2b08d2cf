import { join } from 'node:path';
import { makeFolder, writeFile } from '@semblance/core/files';
import { sniffImage } from '@semblance/face/image';
import { readVerificationBin } from '../datasets/bin/verification-bin.ts';
import { formatPairs } from '../datasets/pairs.ts';
import { assertAbsent } from '../datasets/person-sources/write-names.ts';

/**
 * Unpacks a `.bin` verification set: the photos as they are encoded, `00000a.jpg` and `00000b.jpg` for pair 0, and `pairs.txt`
 * beside them, for `evaluate verification`.
 *
 * @returns the number of photos
 * @throws SemblanceError PATH_EXISTS; those of readVerificationBin
 */
export async function convertBin(path: string, out: string): Promise<number> {
  const { images, same } = await readVerificationBin(path);
  await assertAbsent(out);
  await makeFolder(out);
  const names: string[] = [];
  for (const [i, bytes] of images.entries()) {
    const kind = sniffImage(bytes);
    const ending = kind === 'jpeg' ? 'jpg' : (kind ?? 'bin');
    names.push(`${String(i >> 1).padStart(5, '0')}${i % 2 === 0 ? 'a' : 'b'}.${ending}`);
    await writeFile(join(out, names[i]!), bytes);
  }
  const pairs = same.map((isSame, k) => ({ first: names[2 * k]!, second: names[2 * k + 1]!, same: isSame }));
  await writeFile(join(out, 'pairs.txt'), formatPairs({ pairs, numFolds: pairs.length % 10 === 0 ? 10 : 1 }));
  return images.length;
}
