import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './source-files.ts';

/** Every photo and every file of weights of the repository, and why it shows or knows nobody real. */
const known: readonly (readonly [path: RegExp, why: string])[] = [
  [/^docs\/images\/(demo-report|scenes)\.jpg$/, 'rendered scenes'],
  [/^test\/photos\/files\/netpbm-[a-z0-9]+\.bmp$/, 'made-up pixels that netpbm wrote'],
  [/^docs\/images\/page\/[a-z-]+\.png$/, 'the page with rendered people'],
  [/^packages\/torch\/src\/safetensors\/fixtures\/reference\.safetensors$/, 'numbers of a reference writer'],
];

const ENDINGS =
  /\.(jpe?g|png|webp|avif|gif|bmp|tiff?|onnx|pth?|ckpt|npz|npy|safetensors|rec|bin|tar|tgz|zip|gz)$/i;
/** How photos and archives begin, whatever they are called. */
const MAGICS = ['ffd8ff', '89504e47', '52494646', '504b0304', '1f8b'];

const tracked = () =>
  execFileSync('git', ['ls-files', '-z'], { cwd: root, maxBuffer: 1e8 })
    .toString()
    .split('\0')
    .filter(Boolean);

test('nothing published holds a photo of a real person, or weights trained on one', () => {
  const suspects = tracked().filter((path) => {
    if (ENDINGS.test(path)) return true;
    let start: Buffer;
    try {
      start = readFileSync(join(root, path)).subarray(0, 4);
    } catch {
      return false; // deleted here, or a link to nowhere
    }
    return MAGICS.some((magic) => start.toString('hex').startsWith(magic));
  });
  expect(suspects.length).toBeGreaterThan(0);
  // A new one needs a line above that says where it is from.
  expect(suspects.filter((path) => !known.some(([pattern]) => pattern.test(path)))).toEqual([]);
});
