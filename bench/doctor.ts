/**
 * How far the doctor of galleries can be trusted: the errors of the pose by landmarks, on rendered heads whose turn is known;
 * which share of real photos each limit refuses; whether blur and covered faces are seen; and how many wrong names are found.
 *
 *   node bench/doctor.ts [folder of the real data]
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Random } from '@semblance/core/random';
import { quantile } from '@semblance/core/statistics';
import { formatTable, percent } from '@semblance/core/table';
import {
  examineGallery,
  headPose,
  judgePhoto,
  measureCrop,
  measureFace,
  type PhotoFacts,
  photoLimits,
} from '@semblance/face/doctor';
import { createMemoryStore, Gallery } from '@semblance/face/gallery';
import { decodeImage, fromSharp, type Image, toSharp } from '@semblance/face/image';
import { loadDetector, loadRecognizer } from '@semblance/face/models';
import { FacePipeline } from '@semblance/face/pipeline';
import { createIdentity } from '@semblance/synthetic';
import { createLight } from '../packages/synthetic/src/render/light.ts';
import { measureShot } from '../packages/synthetic/src/render/person.ts';
import { createShot } from '../packages/synthetic/src/render/shot.ts';

const root =
  process.argv[2] ??
  process.env.SEMBLANCE_DATA ??
  fileURLToPath(new URL('../../shared/data', import.meta.url));
if (!existsSync(root)) throw new Error(`no real data in ${root}: give its folder, or set SEMBLANCE_DATA`);
const print = (title: string, rows: (string | number)[][]): void =>
  console.log(`\n${title}\n${formatTable(rows).join('\n')}`);
const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

// The pose of rendered heads.
const errors: Record<'yaw' | 'pitch' | 'roll', number[]> = { yaw: [], pitch: [], roll: [] };
for (let i = 0; i < 2000; i++) {
  const random = Random.of(i);
  const camera = () => ({ distanceMm: 900, scale: 1, x: 0, y: 0, roll: 0 });
  const shot = createShot(createIdentity(i), random, {
    strength: 0.8,
    light: createLight(random, 0.5),
    camera,
  });
  const { yaw, pitch, roll } = headPose(measureShot(shot).landmarks);
  const truth = { yaw: shot.pose.yaw, pitch: shot.pose.pitch, roll: shot.pose.roll };
  for (const [angle, value] of Object.entries({ yaw, pitch, roll }))
    errors[angle as 'yaw'].push(value - (truth[angle as 'yaw'] * 180) / Math.PI);
}
print('Pose of 2,000 rendered heads, error in degrees', [
  ['angle', 'bias', 'median', '95 %'],
  ...Object.entries(errors).map(([angle, all]) => {
    const off = sorted(all.map(Math.abs));
    const bias = all.reduce((sum, value) => sum + value, 0) / all.length;
    return [angle, bias.toFixed(1), quantile(off, 0.5).toFixed(1), quantile(off, 0.95).toFixed(1)];
  }),
]);

// Real photos.
await using detector = await loadDetector(join(root, 'weights', 'retinaface-mnet025.onnx'));
await using recognizer = await loadRecognizer(join(root, 'weights', 'MobileFaceNet.onnx'));
const pipeline = new FacePipeline({ detector, recognizer });
const people = readdirSync(join(root, 'lfw')).sort();
const photosOf = (name: string) => readdirSync(join(root, 'lfw', name)).sort();
const known = people.filter((name) => photosOf(name).length >= 10);
const photos = people.flatMap((name) =>
  photosOf(name).map((file) => ({ name, path: join(root, 'lfw', name, file) })),
);
const wanted = [
  ...new Set([...photos.filter((_, i) => i % 6 === 0), ...photos.filter(({ name }) => known.includes(name))]),
];

interface Seen {
  name: string;
  facts: PhotoFacts;
  crop: Image;
  embedding: Float32Array;
}
const seen: Seen[] = [];
for (const { name, path } of wanted) {
  const { faces, numFaces } = await pipeline.embedPicture(path, { faces: 'subject' });
  const [face] = faces;
  if (face)
    seen.push({ name, facts: await measureFace(face, numFaces), crop: face.crop, embedding: face.embedding });
}
const celebs = readdirSync(join(root, 'celeb24')).sort();
const crops: PhotoFacts[] = [];
for (const name of celebs)
  for (const file of readdirSync(join(root, 'celeb24', name))
    .sort()
    .slice(0, 40))
    crops.push((await measureCrop(await decodeImage(join(root, 'celeb24', name, file)))) as PhotoFacts);
const shareOf = (facts: readonly PhotoFacts[], problem: string, mode: 'standard' | 'strict'): string =>
  percent(
    facts.filter((one) => judgePhoto(one, mode).some((found) => found.problem === problem)).length /
      facts.length,
  );
const anyOf = (facts: readonly PhotoFacts[], mode: 'standard' | 'strict'): string =>
  percent(facts.filter((one) => judgePhoto(one, mode).length > 0).length / facts.length);
const lfw = seen.map(({ facts }) => facts);
print(`Photos refused: ${lfw.length} of LFW, ${crops.length} crops of celeb24`, [
  [
    'problem',
    'quantiles of LFW: 0.2, 1, 5, 50, 95, 99, 99.8 %',
    'standard',
    'strict',
    'celeb24 standard',
    'strict',
  ],
  ...photoLimits.map(({ problem, value }) => {
    const values = sorted(lfw.map((facts) => value(facts)!));
    const quantiles = [0.002, 0.01, 0.05, 0.5, 0.95, 0.99, 0.998].map((p) =>
      Number(quantile(values, p).toPrecision(3)),
    );
    return [
      ...[problem, quantiles.join(' '), shareOf(lfw, problem, 'standard'), shareOf(lfw, problem, 'strict')],
      ...[shareOf(crops, problem, 'standard'), shareOf(crops, problem, 'strict')],
    ];
  }),
  ['any', '', anyOf(lfw, 'standard'), anyOf(lfw, 'strict'), anyOf(crops, 'standard'), anyOf(crops, 'strict')],
]);

// Blur and covers that are known, painted into crops of 400 photos.
type Damage = (crop: Image) => Promise<Image>;
const blur =
  (sigma: number): Damage =>
  async (crop) =>
    fromSharp(toSharp(crop).blur(sigma));
const light =
  (gain: number): Damage =>
  async (crop) =>
    fromSharp(toSharp(crop).linear(gain, 0));
const paint =
  (left: number, top: number, width: number, height: number, grey: number): Damage =>
  async (crop) => {
    const input = {
      create: { width, height, channels: 3 as const, background: { r: grey, g: grey, b: grey } },
    };
    return fromSharp(toSharp(crop).composite([{ input, left, top }]));
  };
const damages: Record<string, Damage> = {
  'as it is': async (crop) => crop,
  'blur σ 1': blur(1),
  'blur σ 2': blur(2),
  'blur σ 3': blur(3),
  'light × 0.3': light(0.3),
  'light × 0.15': light(0.15),
  'dark glasses': paint(22, 42, 68, 18, 25),
  'light mask': paint(22, 70, 68, 40, 190),
  'dark mask': paint(22, 70, 68, 40, 40),
};
const some = seen.filter((_, i) => i % Math.ceil(seen.length / 400) === 0);
const rows: (string | number)[][] = [];
for (const [name, damage] of Object.entries(damages)) {
  const measured: PhotoFacts[] = [];
  for (const { facts, crop } of some) measured.push({ ...facts, ...(await measureCrop(await damage(crop))) });
  const all = measured.flatMap((facts) => judgePhoto(facts, 'strict').map(({ problem }) => problem));
  const counts = Map.groupBy(all, (problem) => problem);
  const found = [...counts].map(([problem, list]) => `${problem} ${percent(list.length / some.length)}`);
  rows.push([name, shareAny(measured, 'standard'), shareAny(measured, 'strict'), found.join(', ')]);
}
function shareAny(facts: readonly PhotoFacts[], mode: 'standard' | 'strict'): string {
  return anyOf(facts, mode);
}
print(`Damage painted into ${some.length} of them`, [
  ['damage', 'standard', 'strict', 'by strict limits'],
  ...rows,
]);

// Wrong names: 2 % of the photos of people who have ten and more get another's.
const gallery = await Gallery.inStore(createMemoryStore(), {
  modelId: recognizer.id,
  embeddingSize: recognizer.embeddingSize,
  thresholdBy: { impostors: recognizer.impostors },
});
const random = Random.of(1);
const enrolled = seen.filter(({ name }) => known.includes(name));
const wrong = new Set<number>();
const faces = enrolled.map(({ name, embedding }, i) => {
  const isWrong = random.chance(0.02);
  if (isWrong) wrong.add(i);
  const others = known.filter((other) => other !== name);
  return { subject: isWrong ? random.pick(others) : name, embedding };
});
const ids = await gallery.enrol(faces, recognizer.id);
const startMs = performance.now();
const { mislabels, outliers, twoNames, lookAlikes } = await examineGallery(gallery, {
  measure: async () => null,
});
const index = new Map(ids.map((id, i) => [id, i]));
const right = mislabels.filter(
  ({ id, other }) => wrong.has(index.get(id)!) && other === enrolled[index.get(id)!]!.name,
);
print(`Wrong names: ${wrong.size} among ${faces.length} faces of ${known.length} people`, [
  ['found', right.length],
  ['with the right name', percent(right.length / wrong.size)],
  ['false alarms', mislabels.length - right.length],
  ['outliers', outliers.length],
  ['two names', twoNames.map(({ subjects }) => subjects.join(' = ')).join('; ')],
  ['look-alikes', lookAlikes.length],
  ['seconds', ((performance.now() - startMs) / 1000).toFixed(1)],
]);
