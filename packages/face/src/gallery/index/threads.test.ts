import { afterEach, expect, test } from 'vitest';
import { encodeQuery } from './codes.ts';
import { SLOT_PAIRS } from './control.ts';
import { unitVectors } from './index-suite.ts';
import { bestKernel } from './kernel/kernel.ts';
import { CHUNK_ROWS } from './scanner.ts';
import { Segments } from './segments.ts';
import { ScanThreads } from './threads.ts';

const DIMENSIONS = 32;
const NUM_ROWS = 16_384;
let threads: ScanThreads | undefined;
afterEach(() => threads?.close());

test('a helper that finds more than it can hand over goes on helping', async () => {
  const segments = new Segments(DIMENSIONS);
  const [vector] = unitVectors(1, DIMENSIONS);
  for (let row = 0; row < NUM_ROWS; row++) segments.write(row, vector!);
  const { layout, memories } = segments;
  const numQueries = 9;
  const { codes, params } = encodeQuery(vector!);
  function ask(): void {
    for (let i = 0; i < numQueries; i++) {
      new Int8Array(memories[0]!.buffer).set(codes, layout.queries + i * layout.length);
      const place = layout.params / 4 + 4 * i;
      new Float32Array(memories[0]!.buffer).set([...params, Number.NEGATIVE_INFINITY], place);
    }
  }
  threads = new ScanThreads(segments, bestKernel(), 2);
  // all are alike: each is among the candidates of each query, and a chunk has more of them than fit
  const job = { k: 1, numQueries, rowsOf: [NUM_ROWS] };
  expect(CHUNK_ROWS * numQueries).toBeGreaterThan(SLOT_PAIRS);
  for (let round = 0; round < 12; round++) {
    ask();
    const found = threads.search(job);
    expect(found.map((candidates) => candidates.sorted().length)).toEqual(Array(numQueries).fill(NUM_ROWS));
    await new Promise((resolve) => setTimeout(resolve, 20)); // a helper starts while its first jobs are searched
  }
  expect(threads.numHelpers).toBe(1);
});
