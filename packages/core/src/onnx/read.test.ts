import { expect, test } from 'vitest';
import { readOnnxModel } from './read.ts';

const field = (id: number, ...body: number[]) => [id * 8 + 2, body.length, ...body];
const ascii = (text: string) => [...Buffer.from(text)];
const code = (attempt: () => unknown): string => {
  try {
    attempt();
    return 'read';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

const attribute = [
  ...field(1, ...ascii('alpha')),
  ...[2 * 8 + 5, 0, 0, 0, 0x3e], // 0.125
  ...[3 * 8, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], // −2
  ...field(8, 1, 0xac, 0x02), // packed: 1, 300
  ...[8 * 8, 7], // and one by itself
];
const node = [...field(4, ...ascii('Conv')), ...field(1, ...ascii('x')), ...field(5, ...attribute)];
const tensor = [...field(9, 1, 2, 3), ...field(8, ...ascii('w')), ...[1 * 8, 3]];
const file = Uint8Array.from([
  ...field(7, ...field(1, ...node), ...field(5, ...tensor)),
  ...field(8, 2 * 8, 17),
  ...[5 * 8, 1], // model_version, which the schema does not have
]);

test('fields by their names; numbers in both forms of a list, negative ones, bytes as views', () => {
  const model = readOnnxModel(file);
  expect(model.opsetImport).toEqual([{ version: 17 }]);
  const graph = model.graph!;
  expect(graph.node).toMatchObject([
    {
      opType: 'Conv',
      input: ['x'],
      output: [],
      attribute: [{ name: 'alpha', f: 0.125, i: -2, ints: [1, 300, 7] }],
    },
  ]);
  const [{ rawData, ...rest }] = graph.initializer as [(typeof graph.initializer)[0]];
  expect(rest).toMatchObject({ name: 'w', dims: [3] });
  expect([...rawData]).toEqual([1, 2, 3]);
  expect(rawData.buffer).toBe(file.buffer);
});

test('fields that are not wanted are passed over', () => {
  const { graph } = readOnnxModel(file, new Set(['rawData', 'attribute']));
  expect(graph!.node[0]).not.toHaveProperty('attribute');
  expect(graph!.initializer[0]).not.toHaveProperty('rawData');
});

test('what is cut short or damaged has a code', () => {
  expect(code(() => readOnnxModel(new Uint8Array(0)))).toBe('read');
  expect(code(() => readOnnxModel(Uint8Array.of(7 * 8 + 2)))).toBe('DATA_CORRUPT');
  expect(code(() => readOnnxModel(Uint8Array.of(7 * 8 + 3)))).toBe('DATA_CORRUPT');
  expect(code(() => readOnnxModel(Uint8Array.of(7 * 8, 1)))).toBe('DATA_CORRUPT');
  const outcomes = new Set<string>();
  for (let at = 0; at < file.length; at++) {
    outcomes.add(code(() => readOnnxModel(file.subarray(0, at))));
    for (const value of [0, 7, 0x7f, 0xff]) {
      const changed = Uint8Array.from(file);
      changed[at] = value;
      outcomes.add(code(() => readOnnxModel(changed)));
    }
  }
  expect([...outcomes].sort()).toEqual(['DATA_CORRUPT', 'read']);
});

test('graphs within graphs end somewhere', () => {
  let graph: number[] = [];
  const wrap = (body: number[], id: number) => {
    const [low, high] = [(body.length & 127) | 128, body.length >> 7];
    return [id * 8 + 2, ...(high > 0 ? [low, (high & 127) | 128, high >> 7] : [body.length]), ...body];
  };
  for (let depth = 0; depth < 300; depth++) graph = wrap(wrap(wrap(graph, 6), 5), 1);
  expect(code(() => readOnnxModel(Uint8Array.from(wrap(graph, 7))))).toBe('DATA_CORRUPT');
});
