import { expect, test } from 'vitest';
import { encodeQuery } from './codes.ts';
import { unitVectors } from './index-suite.ts';
import { kernelKinds } from './kernel/kernel.ts';
import { Scanner } from './scanner.ts';
import { Segments } from './segments.ts';

const DIMENSIONS = 50;
const job = { k: 4, numQueries: 3, rowsOf: [300] };

/** Rows and queries in memory, as an index writes them. */
function filled(): Segments {
  const segments = new Segments(DIMENSIONS);
  for (const [row, vector] of unitVectors(300, DIMENSIONS).entries()) segments.write(row, vector);
  const { layout, memories } = segments;
  for (const [i, query] of unitVectors(job.numQueries, DIMENSIONS, 2).entries()) {
    const { codes, params } = encodeQuery(query);
    new Int8Array(memories[0]!.buffer).set(codes, layout.queries + i * layout.length);
    new Float32Array(memories[0]!.buffer).set(
      [...params, Number.NEGATIVE_INFINITY],
      layout.params / 4 + 4 * i,
    );
  }
  return segments;
}

function scannerOf(segments: Segments, kind = kernelKinds()[0]!): Scanner {
  const scanner = new Scanner(DIMENSIONS, segments.capacity, kind, 0);
  scanner.addSegment(segments.memories[0]!);
  return scanner;
}

test('all kernels give the same rows with the same bounds, bit for bit', () => {
  const of = kernelKinds().map((kind) =>
    scannerOf(filled(), kind)
      .searchAlone(job)
      .map((found) => found.sorted()),
  );
  expect(of[0]!.map((found) => found.length >= job.k)).toEqual([true, true, true]);
  for (const found of of) expect(found).toEqual(of[0]);
});

test('who searches alone reads no bound that a thread of an earlier job still writes', () => {
  const segments = filled();
  const scanner = scannerOf(segments);
  const expected = scanner.searchAlone(job).map((found) => found.sorted());
  let isFirst = true;
  const { buffer } = segments.memories[0]!;
  const late = new Proxy(job, {
    get(target, key) {
      // the rows are asked for once the parameters are copied
      if (key === 'rowsOf' && isFirst) {
        isFirst = false;
        for (let i = 0; i < job.numQueries; i++)
          new Float32Array(buffer)[segments.layout.params / 4 + 4 * i + 3] = 2;
      }
      return Reflect.get(target, key);
    },
  });
  expect(scanner.searchAlone(late).map((found) => found.sorted())).toEqual(expected);
  expect(isFirst).toBe(false);
});
