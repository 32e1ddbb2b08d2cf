/**
 * Speed of the face pipeline, step by step, each beside what one might use instead.
 *
 *   node bench/face.ts [folder of the real data]
 *
 * Medians in milliseconds; both sides of a comparison are run in turn, so that a busy machine slows both.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from '@semblance/core/statistics';
import { alignFace, alignmentTemplate } from '@semblance/face/align';
import { type Landmarks, similarityTransform } from '@semblance/face/geometry';
import { createImage, decodeImage, type Image, resizeImage, toSharp } from '@semblance/face/image';
import { loadDetector, loadRecognizer } from '@semblance/face/models';

type Step = () => unknown;

/** Median times of several steps that are run in turn. */
async function medians(rounds: number, steps: Step[]): Promise<number[]> {
  const times: number[][] = steps.map(() => []);
  for (let round = 0; round < rounds + 3; round++) {
    for (const [i, step] of steps.entries()) {
      const start = performance.now();
      await step();
      // The first three rounds warm up.
      if (round >= 3) times[i]!.push(performance.now() - start);
    }
  }
  return times.map(median);
}

async function compare(
  title: string,
  rounds: number,
  ours: [string, Step],
  other: [string, Step],
): Promise<void> {
  const [a, b] = await medians(rounds, [ours[1], other[1]]);
  const ratio = `${(b! / a!).toFixed(2)}×`;
  console.log(
    `${title.padEnd(34)} ${ours[0]} ${a!.toFixed(2)} ms   ${other[0]} ${b!.toFixed(2)} ms   ${ratio}`,
  );
}

/** Alignment by libvips: cut out what the crop shows, turn it natively, cut the crop out of the result. */
async function alignBySharp(image: Image, landmarks: Landmarks, size = 112): Promise<Buffer> {
  const { a, b, tx, ty } = similarityTransform(landmarks, alignmentTemplate(size));
  const square = a * a + b * b;
  const corners = [0, size].flatMap((x) =>
    [0, size].map(
      (y) => [(a * (x - tx) + b * (y - ty)) / square, (a * (y - ty) - b * (x - tx)) / square] as const,
    ),
  );
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  const left = Math.max(0, Math.floor(Math.min(...xs)) - 2);
  const top = Math.max(0, Math.floor(Math.min(...ys)) - 2);
  const width = Math.min(image.width, Math.ceil(Math.max(...xs)) + 2) - left;
  const height = Math.min(image.height, Math.ceil(Math.max(...ys)) + 2) - top;
  const turned = toSharp(image)
    .extract({ left, top, width, height })
    .affine([a, -b, b, a], { interpolator: 'bilinear', background: 'black' });
  const { data, info } = await turned.raw().toBuffer({ resolveWithObject: true });
  const shift = (value: number, side: number) => Math.max(0, Math.min(side - size, Math.round(value)));
  const x = shift((info.width - size) / 2, info.width);
  const y = shift((info.height - size) / 2, info.height);
  const raw = { width: info.width, height: info.height, channels: 3 as const };
  return (await import('sharp'))
    .default(data, { raw })
    .extract({ left: x, top: y, width: size, height: size })
    .raw()
    .toBuffer();
}

const root =
  process.argv[2] ??
  process.env.SEMBLANCE_DATA ??
  fileURLToPath(new URL('../../shared/data', import.meta.url));
if (!existsSync(root)) throw new Error(`no real data in ${root}: give its folder, or set SEMBLANCE_DATA`);

const jpeg = await readFile(join(root, 'groups', 'friends-t1.jpg'));
const photo = await decodeImage(jpeg);
console.log(`photo of ${photo.width} × ${photo.height}`);
const [decodeMs] = await medians(15, [() => decodeImage(jpeg)]);
console.log(`${'decode'.padEnd(34)} ${decodeMs!.toFixed(2)} ms`);
const [resizeMs] = await medians(15, [() => resizeImage(photo, 640, 443)]);
console.log(`${'resize to 640 × 443'.padEnd(34)} ${resizeMs!.toFixed(2)} ms`);

const retinaface = await loadDetector(join(root, 'weights', 'retinaface-mnet025.onnx'));
const yunet = await loadDetector(join(root, 'weights', 'yunet_n_dynamic.onnx'));
await compare(
  'detect six faces',
  15,
  ['RetinaFace', () => retinaface.detect(photo)],
  ['YuNet', () => yunet.detect(photo)],
);

const landmarks = (await retinaface.detect(photo))[0]!.landmarks!;
await compare(
  'align one face',
  60,
  ['typed arrays', () => alignFace(photo, landmarks)],
  ['sharp.affine', () => alignBySharp(photo, landmarks)],
);
const large = await resizeImage(photo, 5120, 3544);
const far = landmarks.map(([x, y]): [number, number] => [4 * x, 4 * y]);
await compare(
  'align a face of 400 pixels',
  30,
  ['typed arrays', () => alignFace(large, far)],
  ['sharp.affine', () => alignBySharp(large, far)],
);

const recognizer = await loadRecognizer(join(root, 'weights', 'MobileFaceNet.onnx'));
const crop = alignFace(photo, landmarks);
await compare(
  'embed one crop',
  20,
  ['flip-sum', () => recognizer.embed([crop])],
  ['one side', () => recognizer.embed([crop], { flip: false })],
);
const blank = createImage(112, 112);
const [six] = await medians(8, [() => recognizer.embed([crop, blank, crop, blank, crop, blank])]);
console.log(`${'embed six crops, flip-sum'.padEnd(34)} ${six!.toFixed(2)} ms`);
