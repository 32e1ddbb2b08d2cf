import { expect, test } from 'vitest';
import { fitTable, formatTable } from './table.ts';

const rows = [
  ['version', 'step', 'why'],
  ['faces/V0001', 7, 'it ran longer than 60 s and was stopped'],
  ['b', 12, ''],
];

test('the last column of a table goes on below itself where a line has no room', () => {
  expect(fitTable(rows, 40)).toEqual([
    'version      step  why',
    'faces/V0001     7  it ran longer than 60',
    '                   s and was stopped',
    'b              12',
  ]);
  // one word is not broken
  expect(fitTable([['a', 'x'.repeat(50)]], 30)).toEqual([`a  ${'x'.repeat(50)}`]);
});

test('where there is room, no width, or too little for anything, a table stays as it is', () => {
  const plain = formatTable(rows);
  for (const width of [100, undefined, 20]) expect(fitTable(rows, width)).toEqual(plain);
});
