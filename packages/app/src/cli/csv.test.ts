import { expect, test } from 'vitest';
import { parseCsv } from './csv.ts';

const fields = (text: string): string[][] => parseCsv(text).map((row) => row.fields);

test('fields, quotes, line breaks in quotes, blank lines and every kind of line end', () => {
  expect(fields('a,b\r\n"x, ""y""", z \n\n,\n')).toEqual([
    ['a', 'b'],
    ['x, "y"', 'z'],
    ['', ''],
  ]);
  expect(fields('\ufeffa,b\n1,2')).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ]);
  expect(fields('a,')).toEqual([['a', '']]);
  expect(fields('')).toEqual([]);
});

test('lines are numbered as an editor shows them', () => {
  expect(parseCsv('a\n\n"b\nc"\nd').map(({ line }) => line)).toEqual([1, 3, 5]);
});

test('a stray quote is refused', () => {
  expect(() => parseCsv('a\nb"c\n')).toThrow('line 2');
  expect(() => parseCsv('"open')).toThrow('line 1');
});
