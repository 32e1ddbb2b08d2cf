/**
 * Speed of the loader beside torch's DataLoader with OpenCV and with PIL: batches of 112-px crops, decoded, mirrored by
 * halves, shuffled, as bytes.
 *
 *   node bench/loader.ts [--data CROPS] [--workers N]
 *
 * The first epoch decodes every crop; ours keeps them decoded for the following ones, a DataLoader does not. Clocks run
 * from the first batch of an epoch on: starting the workers is nobody's speed.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createCacheMemory, createLoader, createSampler, readPersonData } from '@semblance/train/data';
import { findPython } from './python.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data/celeb24' },
    workers: { type: 'string', default: '2' },
  },
});
const workers = Number(values.workers);
const batchSize = 64;
const epochs = 3;
const inputSize = 112;

/** Images a second of each epoch. */
async function ours(): Promise<number[]> {
  const data = await readPersonData(values.data, { valPerPerson: 0, calibrationPeople: 0, seed: 1 });
  const numImages = data.train.labels.length;
  const cache = createCacheMemory(numImages, numImages * inputSize * inputSize * 3);
  const sampler = createSampler(numImages, batchSize, 1);
  const loader = createLoader(
    {
      kind: 'recognition',
      config: { ...data.train, inputSize, augmentation: 'flip', seed: 1, cache },
    },
    { sampler, startStep: 0, endStep: epochs * sampler.batchesPerEpoch, workers },
  );
  const speeds: number[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    await loader.next();
    const begin = performance.now();
    for (let i = 1; i < sampler.batchesPerEpoch; i++) await loader.next();
    speeds.push(((sampler.batchesPerEpoch - 1) * batchSize * 1000) / (performance.now() - begin));
  }
  await loader.close();
  return speeds;
}

const python = findPython();
const theirs = (decoder: string): number[] | null => {
  try {
    const script = fileURLToPath(new URL('./loader/dataloader.py', import.meta.url));
    const args = [script, decoder, values.data, workers, batchSize, epochs].map(String);
    return JSON.parse(
      execFileSync(python.command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }),
    );
  } catch (error) {
    const said = String((error as { stderr?: unknown }).stderr ?? error).trim();
    console.log(`  DataLoader with ${decoder}: not here (${said.split('\n').at(-1)})`);
    return null;
  }
};

console.log(`${workers} workers, batches of ${batchSize}; images a second by epoch`);
const show = (speeds: number[]) => speeds.map((speed) => speed.toFixed(0)).join(', ');
for (let round = 0; round < 2; round++) {
  const own = await ours();
  console.log(`  ours: ${show(own)}`);
  for (const decoder of ['cv2', 'pil']) {
    const other = theirs(decoder);
    if (!other) continue;
    const ratio = (k: number) => (own[k]! / other[k]!).toFixed(2);
    const time = (speeds: number[]) => speeds.reduce((sum, speed) => sum + 1 / speed, 0);
    console.log(
      `  DataLoader with ${decoder}: ${show(other)}; ours ${ratio(0)}× as fast in the first epoch, ${ratio(epochs - 1)}× in the last, ` +
        `${(time(other) / time(own)).toFixed(2)}× over all`,
    );
  }
}
