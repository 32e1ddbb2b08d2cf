import { expect, test } from 'vitest';
import { csvRows, csvText } from './csv.ts';

const fields = (text: string): string[][] => csvRows(text, 'a.csv').map((row) => row.fields);

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
  expect(csvRows('a\n\n"b\nc"\nd', 'a.csv').map(({ line }) => line)).toEqual([1, 3, 5]);
  expect(csvRows('a\r\n"b\r\nc",d\r\ne', 'a.csv').map(({ line }) => line)).toEqual([1, 2, 4]);
});

test('a stray quote is refused', () => {
  expect(() => fields('a\nb"c\n')).toThrow('a.csv: line 2: there is a quote where none is allowed');
  expect(() => fields('"a"b\n')).toThrow('a.csv: line 1: there is a quote where none is allowed');
  expect(() => fields('"open')).toThrow('a.csv: line 1: a quote is opened and never closed');
});

test('what is written is read back; only fields that need it are quoted', () => {
  const rows = [
    ['file', 'name'],
    ['a b.jpg', 'Ada "the first", née B'],
    ['c\nd', '=1'],
  ];
  const text = csvText(rows);
  expect(text).toBe('file,name\na b.jpg,"Ada ""the first"", née B"\n"c\nd",=1\n');
  expect(fields(text)).toEqual(rows);
  expect(csvText([['x', 0.25, -1]])).toBe('x,0.25,-1\n');
});
