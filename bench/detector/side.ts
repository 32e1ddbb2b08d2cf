/**
 * One side of bench/detector.ts, as a process of its own: memory, compiled code and threads of the others are not in
 * its way. Told a photo, it answers how many faces it finds and how long it takes from the photo's bytes.
 */
import { readFile } from 'node:fs/promises';
import { alignFace } from '@semblance/face/align';
import { decodeImage } from '@semblance/face/image';
import { loadDetector, loadRecognizer, type SessionOptions } from '@semblance/face/models';
import { type FaceSystem, loadFaceApi, loadHuman } from './others.ts';
import { type Stages, stagesOf } from './stages.ts';
import { throughput, times } from './timing.ts';

export interface Ask {
  path: string;
  rounds: number;
}

export interface Answer {
  faces: number;
  /** From start to end, one photo at a time. */
  ms: number[];
  photosPerSecond: number;
  stages?: Stages;
}

const [name, detectorPath, recognizerPath] = process.argv.slice(2) as [string, string, string];

/** Ours: one view of each face, or the mirrored one besides as `recognize` has it. */
async function loadOurs(flip: boolean, options: SessionOptions = {}): Promise<FaceSystem> {
  const detector = await loadDetector(detectorPath, options);
  const recognizer = await loadRecognizer(recognizerPath, options);
  return async (image) => {
    const faces = await detector.detect(image);
    const crops = faces.map((face) => alignFace(image, face.landmarks!, recognizer.cropSize));
    return (await recognizer.embed(crops, { flip })).length;
  };
}

/** What answers for one photo, and what for many under way at a time. */
async function load(): Promise<[FaceSystem, FaceSystem]> {
  if (name.startsWith('ours')) {
    const flip = name.includes('mirrored');
    return [await loadOurs(flip), await loadOurs(flip, { runners: 'auto' })];
  }
  const other = await (name === 'human' ? loadHuman() : loadFaceApi(name));
  return [other, other];
}

const [single, stream] = await load();

process.on('message', async ({ path, rounds }: Ask) => {
  const bytes = await readFile(path);
  const photo = await decodeImage(bytes);
  const faces = await single(photo);
  const ms = await times(rounds, async () => single(await decodeImage(bytes)));
  await throughput(Math.ceil(rounds / 2), 2, async () => stream(photo));
  const photosPerSecond = await throughput(rounds + 1, 2, async () => stream(await decodeImage(bytes)));
  const answer: Answer = { faces, ms, photosPerSecond };
  if (name === 'ours') answer.stages = await stagesOf(detectorPath, photo, 4 * rounds);
  process.send!(answer);
});
process.send!('ready');
