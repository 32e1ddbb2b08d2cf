/**
 * Damaged and odd pictures through decoding and detection: nothing may crash, every refusal has a code, and memory stays
 * where it is.
 *
 *   node bench/fuzz.ts [--images 10000] [--sizes 1000] [--seed 0] [--detector MODEL]
 *
 * The same seed gives the same pictures. Without a detector a tiny network of our own stands in. Should the process die,
 * the last line tells from which seed on to look.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Detector, loadDetector } from '@semblance/face/models';
import {
  imageOfSize,
  mutate,
  oddSize,
  soundImages,
  tryPicture,
} from '../packages/face/src/testing/fuzz-images.ts';
import { tinyDetector } from '../packages/face/src/testing/tiny-models.ts';

const { values } = parseArgs({
  options: {
    images: { type: 'string', default: '10000' },
    sizes: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '0' },
    detector: { type: 'string' },
  },
});

async function openDetector(): Promise<Detector> {
  if (values.detector !== undefined) return loadDetector(values.detector);
  const dir = await mkdtemp(join(tmpdir(), 'fuzz-'));
  try {
    await writeFile(join(dir, 'tiny.onnx'), tinyDetector());
    return await loadDetector(join(dir, 'tiny.onnx'), {
      dialect: 'scrfd',
      conventions: { anchorsPerCell: 1 },
    });
  } finally {
    await rm(dir, { recursive: true });
  }
}

const residentMb = (): number => {
  globalThis.gc?.();
  return Math.round(process.memoryUsage.rss() / 2 ** 20);
};

/** Runs one kind of picture; memory is compared from a tenth of the way on, when caches are filled. */
async function series(
  name: string,
  count: number,
  picture: (seed: number) => Uint8Array | Promise<Uint8Array>,
  detector: Detector,
): Promise<boolean> {
  const outcomes = new Map<string, number>();
  const failures: string[] = [];
  const memoryMb: number[] = [];
  const every = Math.max(1, Math.floor(count / 10));
  for (let i = 0; i < count; i++) {
    const seed = Number(values.seed) + i;
    let outcome: string;
    try {
      outcome = await tryPicture(await picture(seed), detector);
    } catch (error) {
      outcome = 'FAILURE';
      failures.push(`seed ${seed}: ${error instanceof Error ? error.stack : String(error)}`);
    }
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    if ((i + 1) % every !== 0) continue;
    memoryMb.push(residentMb());
    console.error(`${name}: ${i + 1} of ${count}, seed ${seed}, ${memoryMb.at(-1)} MiB`);
  }
  console.log(`${name}: ${count} pictures`);
  for (const [outcome, n] of [...outcomes].sort((a, b) => b[1] - a[1])) console.log(`  ${outcome}: ${n}`);
  console.log(`  resident memory after each tenth: ${memoryMb.join(', ')} MiB`);
  for (const failure of failures) console.log(`  ${failure}`);
  return failures.length === 0;
}

const detector = await openDetector();
const sound = await soundImages();
const isSound = [
  await series('damaged', Number(values.images), (seed) => mutate(sound, seed), detector),
  await series('odd sizes', Number(values.sizes), (seed) => imageOfSize(oddSize(seed), seed), detector),
];
await detector.close();
process.exitCode = isSound.every(Boolean) ? 0 : 1;
