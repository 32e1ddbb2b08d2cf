import { createRequire } from 'node:module';
import { join } from 'node:path';
import { median } from '@semblance/core/statistics';
import { createExactIndex, Gallery, type VectorIndex } from '@semblance/face/gallery';
import { NUM_JUDGED, NUM_QUERIES, NUM_TRUE, readQueries, readRows, recallOf, trueRows } from './vectors.ts';

/** What was measured, by what it is and its unit. */
export type Facts = Record<string, number>;

export interface PartOptions {
  folder: string;
  rows: number;
  dimensions: number;
  hnswRows: number;
  /** The gallery's folder in that folder. */
  gallery: string;
}

const model = { modelId: 'bench-0123456789ab' };
const residentMb = (): number => process.memoryUsage.rss() / 2 ** 20;

async function seconds(act: () => unknown): Promise<number> {
  const start = performance.now();
  await act();
  return (performance.now() - start) / 1000;
}

async function medianMs(rounds: number, act: (round: number) => unknown): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds + 2; round++) times.push(1000 * (await seconds(() => act(round))));
  return median(times.slice(2)); // the first two warm up
}

/** Searches an index whose ids are the numbers of rows. */
async function searched(
  name: string,
  index: VectorIndex,
  options: PartOptions,
  rows: number,
): Promise<Facts> {
  const queries = readQueries(options.folder, options.dimensions);
  const oneMs = await medianMs(30, (round) => index.search(queries[round % NUM_QUERIES]!, NUM_TRUE));
  const batchMs = await medianMs(5, () => index.searchMany(queries, NUM_TRUE));
  const judged = queries.slice(0, NUM_JUDGED);
  const found = index.searchMany(judged, NUM_TRUE).map((hits) => hits.map(({ id }) => id));
  return {
    [`${name}, one query, ms`]: oneMs,
    [`${name}, batch of ${NUM_QUERIES}, queries a second`]: (1000 * NUM_QUERIES) / batchMs,
    [`${name}, recall against brute force`]: recallOf(found, trueRows(options.folder, rows, judged)),
  };
}

/** Parts of the benchmark, in their order. */
export const parts = {
  /** The index alone, with the vectors in memory for the comparison at the end. */
  async index(options: PartOptions): Promise<Facts> {
    const { folder, rows, dimensions } = options;
    const vectors: Float32Array[] = [];
    const index = createExactIndex(dimensions, { vectorOf: (id) => vectors[id] ?? null });
    let spent = 0;
    for (const [from, chunk] of readRows(folder, rows, dimensions)) {
      vectors.push(...chunk);
      spent += await seconds(() => {
        for (const [i, vector] of chunk.entries()) index.add(from + i, vector);
      });
    }
    const facts = await searched('index', index, options, rows);
    index.close();
    return { 'index, added a second': rows / spent, ...facts };
  },

  async hnsw(options: PartOptions): Promise<Facts> {
    const { createHnswIndex } = await import('../../packages/face/src/gallery/index/hnsw-index.ts');
    const { folder, hnswRows, dimensions } = options;
    const index = createHnswIndex(dimensions);
    const spent = await seconds(() => {
      for (const [from, chunk] of readRows(folder, hnswRows, dimensions))
        for (const [i, vector] of chunk.entries()) index.add(from + i, vector);
    });
    return {
      'HNSW, added a second': hnswRows / spent,
      ...(await searched('HNSW', index, options, hnswRows)),
    };
  },

  /** USearch's own comparison of all, over float32. */
  async usearch({ folder, rows, dimensions }: PartOptions): Promise<Facts> {
    const { exactSearch, MetricKind } = createRequire(import.meta.url)('usearch') as typeof import('usearch');
    const all = new Float32Array(rows * dimensions);
    for (const [from, chunk] of readRows(folder, rows, dimensions))
      for (const [i, vector] of chunk.entries()) all.set(vector, (from + i) * dimensions);
    const queries = readQueries(folder, dimensions);
    const search = (query: Float32Array) => exactSearch(all, query, dimensions, NUM_TRUE, MetricKind.IP, 0);
    return { 'USearch flat, one query, ms': await medianMs(6, (round) => search(queries[round]!)) };
  },

  /** Enrolment into a gallery on the disk, a thousand faces a transaction. */
  async enrol({ folder, gallery: name, rows, dimensions }: PartOptions): Promise<Facts> {
    const gallery = await Gallery.create(join(folder, name), { ...model, embeddingSize: dimensions });
    let spent = 0;
    for (const [from, chunk] of readRows(folder, rows, dimensions)) {
      const faces = chunk.map((embedding, i) => ({
        subject: `person ${Math.floor((from + i) / 5)}`,
        embedding,
      }));
      spent += await seconds(async () => {
        for (let at = 0; at < faces.length; at += 1000)
          await gallery.enrol(faces.slice(at, at + 1000), model.modelId);
      });
    }
    const facts = {
      'gallery, enrolled durably a second': rows / spent,
      'gallery, resident after, MB': residentMb(),
    };
    const closing = await seconds(() => gallery.close());
    return { ...facts, 'gallery, closing, s': closing };
  },

  open: (options: PartOptions) => opened('opened', options),

  /** Searches and changes of one person among all. */
  async change({ folder, gallery: name, dimensions, rows }: PartOptions): Promise<Facts> {
    await using gallery = await Gallery.open(join(folder, name));
    const queries = readQueries(folder, dimensions);
    await gallery.search(queries[0]!, 1);
    const someone = (round: number): string => `person ${Math.floor((rows / 5 / 40) * (round + 1))}`;
    const face = { subject: 'newcomer', embedding: queries[1]! };
    return {
      'gallery, stats, ms': await medianMs(10, () => gallery.stats()),
      'gallery, one rename, ms': await medianMs(10, (i) => gallery.rename(someone(i), `renamed ${i}`)),
      'gallery, one enrolment, ms': await medianMs(10, () => gallery.enrol([face], model.modelId)),
      'gallery, one removal, ms': await medianMs(10, (i) => gallery.remove(someone(i + 20))),
    };
  },

  reopen: (options: PartOptions) => opened('opened after changes', options),
} satisfies Record<string, (options: PartOptions) => Promise<Facts>>;

export type PartName = keyof typeof parts;

async function opened(name: string, { folder, gallery: place, dimensions }: PartOptions): Promise<Facts> {
  let gallery: Gallery | undefined;
  const opening = await seconds(async () => (gallery = await Gallery.open(join(folder, place))));
  const queries = readQueries(folder, dimensions);
  const oneMs = await medianMs(30, (round) => gallery!.search(queries[round % NUM_QUERIES]!, 1));
  const facts = {
    [`gallery, ${name}, s`]: opening,
    [`gallery, ${name}, resident, MB`]: residentMb(),
    [`gallery, ${name}, one query, ms`]: oneMs,
  };
  await gallery!.close();
  return facts;
}
