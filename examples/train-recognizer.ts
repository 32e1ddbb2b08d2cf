/**
 * Trains a recognizer on a folder per person of aligned faces. Start it again after an interruption and it resumes.
 *
 *   node examples/train-recognizer.ts FACES OUT [EPOCHS]
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { trainRecognition } from '@semblance/train';

const [data, out, epochs] = process.argv.slice(2);
if (!data || !out) throw new Error('usage: train-recognizer.ts FACES OUT [EPOCHS]');

// Ctrl-C writes a checkpoint before it ends the run
const stop = new AbortController();
process.once('SIGINT', () => stop.abort());

const { steps, loss } = await trainRecognition({
  data,
  out,
  // a small network for 48 × 48 pixels; `arcface-mbf` is the one for real faces
  recipe: 'arcface-synthetic-small',
  overrides: { batchSize: 16, ...(epochs === undefined ? {} : { epochs: Number(epochs) }) },
  resume: existsSync(join(out, 'checkpoints')),
  signal: stop.signal,
  onProgress(event) {
    if (event.kind === 'message') console.log(event.text);
    if (event.kind !== 'step' || event.step % 10 !== 0) return;
    const speed = event.imagesPerSecond.toFixed(0);
    console.log(`step ${event.step}/${event.totalSteps}  loss ${event.loss.toFixed(3)}  ${speed} images/s`);
  },
});

console.log(`${steps} steps, last loss ${loss.toFixed(3)}: the model is ${out}`);
