/**
 * Photos a second from the JPEG to the embeddings of its faces, beside the packages one would otherwise take in
 * Node.js: @vladmandic/human and @vladmandic/face-api on WebAssembly (SIMD; Node.js gives it no threads).
 *
 *   node bench/detector.ts [folder of the real data] [detector]
 *
 * Each is a process of its own; they get the same files in turn, and all decode by decodeImage. Ours: RetinaFace
 * (MobileNet-0.25, longer side 640) → align → MobileFaceNet, one view of each face as the others take it, and once
 * more with the mirrored view summed as `recognize` does. The detector is the bare .onnx of the real data, whose
 * input is always 640 × 640, or a model folder, whose input is no larger than the photo.
 *
 * "Alone" is the median time of a photo from start to end, "in a stream" the speed with two under way at a time (ours
 * with `runners: 'auto'`; the others block their only thread, so decoding alone runs beside).
 */
import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from '@semblance/core/statistics';
import { installOthers } from './detector/others.ts';
import type { Answer, Ask } from './detector/side.ts';

const root =
  process.argv[2] ??
  process.env.SEMBLANCE_DATA ??
  fileURLToPath(new URL('../../shared/data', import.meta.url));
if (!existsSync(root)) throw new Error(`no real data in ${root}: give its folder, or set SEMBLANCE_DATA`);
const detectorPath = process.argv[3] ?? join(root, 'weights', 'retinaface-mnet025.onnx');

const photos = [
  { title: 'portrait', file: 'Tom_Cruise_avp_2014_4.jpg', rounds: 24, wanted: 4 },
  { title: '6 faces', file: 'friends-t1.jpg', rounds: 8, wanted: 5 },
  { title: '24 faces', file: 'bald_guys.jpg', rounds: 4, wanted: 5 },
];

const rivals = ['human', 'face-api tiny 416', 'face-api tiny 640', 'face-api SSD'];
const names = ['ours', 'ours, mirrored too', ...rivals];

/** A process that answers one question at a time. */
async function startSide(name: string): Promise<{ ask(question: Ask): Promise<Answer>; stop(): void }> {
  const child = fork(fileURLToPath(new URL('./detector/side.ts', import.meta.url)), [
    name,
    detectorPath,
    join(root, 'weights', 'MobileFaceNet.onnx'),
  ]);
  const next = () =>
    new Promise<unknown>((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', (code) => reject(new Error(`${name} ended with code ${code}`)));
    });
  await next();
  return {
    ask(question) {
      child.send(question);
      return next() as Promise<Answer>;
    },
    stop: () => void child.disconnect(),
  };
}

installOthers();
const sides = new Map<string, Awaited<ReturnType<typeof startSide>>>();
for (const name of names) sides.set(name, await startSide(name));

for (const { title, file, rounds, wanted } of photos) {
  console.log(`\n${title} (${file})`);
  const answers = new Map<string, Answer>();
  for (const [name, side] of sides) {
    answers.set(name, await side.ask({ path: join(root, 'groups', file), rounds }));
  }
  const ours = answers.get('ours')!;
  for (const [name, { faces, ms, photosPerSecond }] of answers) {
    const alone = `${median(ms).toFixed(1).padStart(7)} ms alone`;
    const stream = `${photosPerSecond.toFixed(1).padStart(5)}/s in a stream`;
    const ratio = `ours ${(median(ms) / median(ours.ms)).toFixed(1)}× and ${(ours.photosPerSecond / photosPerSecond).toFixed(1)}× as fast`;
    console.log(
      `  ${name.padEnd(18)} ${String(faces).padStart(2)} faces  ${alone}  ${stream}${rivals.includes(name) ? `  ${ratio}` : ''}`,
    );
  }
  const others = rivals.map((name) => answers.get(name)!);
  const alone = Math.min(...others.map(({ ms }) => median(ms))) / median(ours.ms);
  const stream = ours.photosPerSecond / Math.max(...others.map((other) => other.photosPerSecond));
  console.log(
    `  beside the fastest of them, whatever it found: ${alone.toFixed(1)}× alone, ${stream.toFixed(1)}× in a stream (wanted ${wanted}×)`,
  );
  const { width, height, networkMs, fittingMs, detectMs } = ours.stages!;
  const share = (wholeMs: number) => `${((100 * (wholeMs - networkMs)) / networkMs).toFixed(0)} %`;
  console.log(
    `  detection at ${width} × ${height}: network ${networkMs.toFixed(1)} ms; normalising, decoding and suppressing ${share(fittingMs)} of it, with resizing ${share(detectMs)}`,
  );
}
for (const side of sides.values()) side.stop();
