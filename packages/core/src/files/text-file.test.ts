import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readJsonFile } from './json-file.ts';
import { figuresText, parseFigures } from './json-lines.ts';
import { readTextFile, textOf } from './text-file.ts';

const root = mkdtempSync(join(tmpdir(), 'text-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** What editors make of a text. */
const written: [string, Uint8Array][] = [
  ['UTF-8', Buffer.from('a é\nb\n')],
  ['UTF-8 with a mark and \\r\\n', Buffer.from('\uFEFFa é\r\nb\r\n')],
  ['UTF-16 little-endian', Buffer.from('\uFEFFa é\r\nb\r\n', 'utf16le')],
  ['UTF-16 big-endian', Buffer.from('\uFEFFa é\r\nb\r\n', 'utf16le').swap16()],
];

test.each(written)('%s is one text', (_, bytes) => {
  expect(textOf(bytes)).toBe('a é\nb\n');
});

test('what cannot be read is said in words', async () => {
  mkdirSync(join(root, 'folder'));
  await expect(readTextFile(join(root, 'none'))).rejects.toMatchObject({
    code: 'PATH_NOT_FOUND',
    message: expect.stringContaining('no such file'),
  });
  await expect(readTextFile(join(root, 'folder'))).rejects.toMatchObject({
    code: 'PATH_NOT_FOUND',
    message: expect.stringContaining('a folder stands where a file was expected'),
  });
});

test('JSON with a mark is JSON', async () => {
  const path = join(root, 'a.json');
  writeFileSync(path, '\uFEFF{"a":\r\n1}\r\n');
  expect(await readJsonFile(path)).toEqual({ a: 1 });
});

test('figures that are not finite: strings when written, strings or bare words when read', () => {
  const figures = { step: 5, loss: Number.NaN, lr: -Infinity, deep: { best: [Infinity, 1, null] } };
  const text = figuresText(figures);
  expect(text).toBe('{"step":5,"loss":"NaN","lr":"-Infinity","deep":{"best":["Infinity",1,null]}}');
  expect(parseFigures(text)).toEqual(figures);
  const byPython = '\uFEFF{"step": 5, "loss": NaN, "lr": -Infinity, "deep": {"best": [Infinity, 1, null]}}';
  expect(parseFigures(byPython)).toEqual(figures);
  expect(parseFigures('{"note": "is NaN, \\"Infinity\\"", "x": NaN}')).toEqual({
    note: 'is NaN, "Infinity"',
    x: Number.NaN,
  });
  for (const broken of ['{"step": 5, "loss": Na', '{"loss": NaNa}', '', '{"a": nan}'])
    expect(() => parseFigures(broken), broken).toThrow(SyntaxError);
});
