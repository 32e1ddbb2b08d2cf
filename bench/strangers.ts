/**
 * Does a gallery say *unknown* when it should? 158 people of LFW enrolled by one photo and by three, a threshold calibrated by
 * strangers, and what then comes of their other photos and of other strangers; and what 200 answers of "this is not them" move.
 *
 *   node bench/strangers.ts [folder of the real data] [--json]
 *
 * Nobody is in two sets: every second of the other people is a stranger to calibrate by, the rest are strangers to be looked up.
 * Confusions are the most similar pairs of a stranger and the person they were taken for; the oracle rejects them one by one, and
 * is not asked about those that are measured.
 */
import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Random } from '@semblance/core/random';
import { type Interval, percentileInterval, wilsonInterval } from '@semblance/core/statistics';
import { createMemoryStore, Gallery } from '@semblance/face/gallery';
import { loadDetector, loadRecognizer } from '@semblance/face/models';
import { decide } from '@semblance/face/pipeline';
import { embedPhotos, openEmbeddingCache } from '@semblance/lab/evaluate';

const { values, positionals } = parseArgs({ options: { json: { type: 'boolean' } }, allowPositionals: true });
const root =
  positionals[0] ??
  process.env.SEMBLANCE_DATA ??
  fileURLToPath(new URL('../../shared/data', import.meta.url));
if (!existsSync(root)) throw new Error(`no real data in ${root}: give its folder, or set SEMBLANCE_DATA`);
const FPIR = 0.01;
const NUM_CONFUSIONS = 200;

interface Person {
  name: string;
  photos: { name: string; path: string }[];
}
const everybody: Person[] = readdirSync(join(root, 'lfw'))
  .sort()
  .map((name) => ({
    name,
    photos: readdirSync(join(root, 'lfw', name))
      .sort()
      .map((file) => ({ name: `${name}/${file}`, path: join(root, 'lfw', name, file) })),
  }));
const known = everybody.filter(({ photos }) => photos.length >= 10);
const others = everybody.filter(({ photos }) => photos.length < 10);
const calibrating = others.filter((_, i) => i % 2 === 0);
const odd = others.filter((_, i) => i % 2 === 1);
const strangers = Array.from({ length: 1000 }, (_, i) => odd[Math.floor((i * odd.length) / 1000)]!);

await using detector = await loadDetector(join(root, 'weights', 'retinaface-mnet025.onnx'));
await using recognizer = await loadRecognizer(join(root, 'weights', 'MobileFaceNet.onnx'));
const cache = openEmbeddingCache(join(tmpdir(), 'semblance-bench-embeddings'));
const photos = [
  ...known.flatMap((person) => person.photos),
  ...calibrating.flatMap((person) => person.photos.slice(0, 2)),
  ...strangers.map((person) => person.photos[0]!),
];
let saidMs = 0;
const progress = {
  update(done: number, total: number) {
    if (performance.now() - saidMs < 10_000) return;
    saidMs = performance.now();
    console.error(`embedding ${done} of ${total}`);
  },
  say() {},
  end() {},
};
const { embeddings } = await embedPhotos(photos, { detector, recognizer, detect: {}, cache, progress });
cache.close();
const embedding = (person: Person, i: number): Float32Array[] => {
  const found = person.photos[i] && embeddings.get(person.photos[i].name);
  return found ? [found] : [];
};

interface Probe {
  person: string;
  isKnown: boolean;
  embedding: Float32Array;
}
const probesOf = (people: readonly Person[], isKnown: boolean, from: number, to: number): Probe[] =>
  people.flatMap((person) =>
    person.photos
      .slice(from, to)
      .flatMap((_, i) => embedding(person, from + i))
      .map((vector) => ({ person: person.name, isKnown, embedding: vector })),
  );

interface Measured {
  tpir: number;
  tpirInterval: Interval;
  fpir: number;
  fpirInterval: Interval;
}

/** Whom the gallery names for each probe; null for unknown. */
async function namesOf(gallery: Gallery, probes: readonly Probe[]): Promise<(string | null)[]> {
  const found = await gallery.searchMany(
    probes.map((probe) => probe.embedding),
    3,
  );
  return found.map((hits) => decide(hits, 1, { gallery: gallery.threshold }).match?.subject ?? null);
}

/** TPIR with a bootstrap over people, FPIR with Wilson's interval: each stranger is looked up once. */
async function measure(
  gallery: Gallery,
  mated: readonly Probe[],
  nonMated: readonly Probe[],
): Promise<Measured> {
  const names = await namesOf(gallery, mated);
  const ofPerson = new Map<string, [right: number, all: number]>();
  for (const [i, { person }] of mated.entries()) {
    const [right, all] = ofPerson.get(person) ?? [0, 0];
    ofPerson.set(person, [right + (names[i] === person ? 1 : 0), all + 1]);
  }
  const people = [...ofPerson.values()];
  const rate = (drawn: readonly [number, number][]): number =>
    drawn.reduce((sum, [right]) => sum + right, 0) / drawn.reduce((sum, [, all]) => sum + all, 0);
  const random = new Random(3);
  const replicates = Array.from({ length: 2000 }, () => rate(people.map(() => random.pick(people))));
  const taken = (await namesOf(gallery, nonMated)).filter((name) => name !== null).length;
  return {
    ...{ tpir: rate(people), tpirInterval: percentileInterval(replicates)! },
    ...{ fpir: taken / nonMated.length, fpirInterval: wilsonInterval(taken, nonMated.length) },
  };
}

/** The most similar pairs of a stranger and the person that is nearest to them. */
async function confusions(
  gallery: Gallery,
  probes: readonly Probe[],
): Promise<{ subject: string; embedding: Float32Array }[]> {
  const found = await gallery.searchMany(probes.map((probe) => probe.embedding));
  return found
    .map(([hit], i) => ({ ...hit!, embedding: probes[i]!.embedding }))
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, NUM_CONFUSIONS);
}

const results = [];
for (const numEnrolled of [1, 3]) {
  await using gallery = await Gallery.inStore(createMemoryStore(), {
    modelId: recognizer.id,
    embeddingSize: recognizer.embeddingSize,
  });
  const faces = probesOf(known, true, 0, numEnrolled).map(({ person, embedding: vector }) => ({
    subject: person,
    embedding: vector,
  }));
  await gallery.enrol(faces, recognizer.id);
  const first = probesOf(calibrating, false, 0, 1);
  const calibration = await gallery.calibrate({
    fpir: FPIR,
    strangers: { embeddings: first.map((probe) => probe.embedding), data: 'LFW' },
  });
  const mated = probesOf(known, true, 3, 12);
  const fresh = probesOf(strangers, false, 0, 1);
  const returning = probesOf(calibrating, false, 1, 2);
  const before = await measure(gallery, mated, fresh);
  const again = await measure(gallery, mated, returning);
  for (const { subject, embedding: vector } of await confusions(gallery, first))
    await gallery.negatives.add({ subject, embedding: vector }, recognizer.id);
  results.push({
    numEnrolled,
    people: known.length,
    probes: mated.length,
    calibration,
    strangers: { calibrating: first.length, fresh: fresh.length, returning: returning.length },
    before,
    returningBefore: again.fpir,
    after: await measure(gallery, mated, fresh),
    returningAfter: (await measure(gallery, mated, returning)).fpir,
  });
}

if (values.json) console.log(JSON.stringify(results));
else {
  const percent = (value: number): string => `${(100 * value).toFixed(2)} %`;
  const between = (interval: Interval): string => `(${interval.map(percent).join(' to ')})`;
  for (const {
    numEnrolled,
    people,
    probes,
    calibration,
    strangers: of,
    before,
    after,
    ...returned
  } of results) {
    const [least, most] = calibration.ofNextThousand;
    const isWithin = 1000 * before.fpir >= least && 1000 * before.fpir <= most;
    console.log(
      `${people} people by ${numEnrolled} photo${numEnrolled > 1 ? 's' : ''} each, ${probes} probes`,
    );
    console.log(`  threshold ${calibration.threshold.toFixed(3)}, ${calibration.basis}`);
    console.log(
      `  asked FPIR ${percent(FPIR)}, stated ${between(calibration.fpirInterval)}, so ${least} to ${most} of the next 1,000`,
    );
    console.log(
      `  measured FPIR ${percent(before.fpir)} ${between(before.fpirInterval)} of ${of.fresh} others: ${isWithin ? 'within' : 'OUTSIDE'}`,
    );
    console.log(`  TPIR ${percent(before.tpir)} ${between(before.tpirInterval)}`);
    console.log(
      `  after ${NUM_CONFUSIONS} rejections: TPIR ${percent(after.tpir)}, FPIR ${percent(after.fpir)} of others,`,
    );
    console.log(
      `    of the rejected people’s other photos ${percent(returned.returningBefore)} → ${percent(returned.returningAfter)} (${of.returning})`,
    );
  }
}
