// What semblance adapt brings on people of LFW: node bench/adapt.ts LFW-FOLDER DETECTOR RECOGNIZER [CACHE]
// The last photos of each person are probes, the first is enrolled; the head learns from the first and 2, 5 and 20 corrections.

import { cacheFolder } from '@semblance/core';
import { loadDetector, loadForPhotos, loadRecognizer } from '@semblance/face/models';
import { adaptEmbeddings, applyLinearHead } from '@semblance/lab/adapt';
import { readPersonFolders } from '@semblance/lab/datasets';
import {
  embedPhotos,
  measureIdentification,
  openEmbeddingCache,
  planIdentification,
} from '@semblance/lab/evaluate';

const [data, detectorPath, recognizerPath, dir = cacheFolder(process.env)] = process.argv.slice(2);
const { people } = await readPersonFolders(data!);
const known = people.filter(({ images }) => images.length >= 10);
const strangers = people.filter(({ images }) => images.length < 10).slice(0, 600);
for (const person of strangers) person.images.length = 1;
const photos = [...known, ...strangers].flatMap((person) =>
  person.images.map(({ name, path }) => ({ name: `${person.name}/${name}`, path })),
);
const loading = loadForPhotos(photos.length);
await using detector = await loadDetector(detectorPath!, loading);
await using recognizer = await loadRecognizer(recognizerPath!, loading);
const cache = openEmbeddingCache(dir);
const progress = { update() {}, say() {}, end() {} };
const { embeddings, weights } = await embedPhotos(photos, {
  detector,
  recognizer,
  detect: {},
  cache,
  progress,
});
cache.close();

const NUM_PROBES = 4;
for (const corrections of [2, 5, 20]) {
  const learned = known.map(({ name, images }) =>
    images
      .slice(0, Math.min(1 + corrections, images.length - NUM_PROBES))
      .flatMap((image) => embeddings.get(`${name}/${image.name}`) ?? []),
  );
  const found = adaptEmbeddings(learned);
  const tested = known.map(({ name, label, images }) => ({
    name,
    label,
    images: [images[0]!, ...images.slice(-NUM_PROBES)],
  }));
  const plan = planIdentification(tested, strangers, { numEnrolled: 1, minPhotos: 2 });
  const measure = async (through: ReadonlyMap<string, Float32Array>) => {
    const { result } = await measureIdentification(plan, { embeddings: through, weights }, [0.01]);
    const at = result.openSet!.atFpir['0.01']!;
    return { rank1: result.rank1, tpir: at.tpir, interval: at.tpirInterval, fpir: at.fpir };
  };
  const { head, ...judged } = found;
  const adapted =
    head && new Map([...embeddings].map(([name, one]) => [name, applyLinearHead(head, one)] as const));
  const most = Math.max(...learned.map((own) => own.length)) - 1;
  console.log(
    JSON.stringify({
      corrections,
      most,
      judged,
      before: await measure(embeddings),
      after: adapted && (await measure(adapted)),
    }),
  );
}
// 20 galleries of 40 people at random, five corrections: how many are refused, and the least change on held-out pairs
const { Random } = await import('@semblance/core/random');
const random = new Random(11);
const outcomes = Array.from({ length: 20 }, (_, seed) => {
  const own = Array.from({ length: 40 }, () => random.pick(known));
  const found = adaptEmbeddings(
    [...new Set(own)].map(({ name, images }) =>
      images.slice(0, 6).flatMap((image) => embeddings.get(`${name}/${image.name}`) ?? []),
    ),
    seed,
  );
  return { adapted: found.head !== null, gain: found.gain };
});
const kept = outcomes.filter(({ adapted }) => adapted);
console.log(
  JSON.stringify({
    galleries: 20,
    refused: 20 - kept.length,
    leastGainOfAdapted: Math.min(...kept.map(({ gain }) => gain)),
  }),
);
