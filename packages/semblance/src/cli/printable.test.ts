import { expect, test } from 'vitest';
import { printable, printableLog } from './printable.ts';

test('what a name smuggles in is shown and does nothing', () => {
  expect(printable('a\u001b[2J\u0007b\tc\u009b1m')).toBe('a\\x1b[2J\\x07b\tc\\x9b1m');
  expect(printable('evil\u202etxt.exe')).toBe('evil\\u202etxt.exe');
  expect(printable('Zoë 张伟 ★')).toBe('Zoë 张伟 ★');
});

test('a log keeps its colours and nothing else, and the last that a progress bar wrote', () => {
  expect(printableLog('\u001b[31mred\u001b[0m \u001b]0;title\u0007')).toBe(
    '\u001b[31mred\u001b[0m \\x1b]0;title\\x07',
  );
  expect(printableLog(' 10 %\r 50 %\r100 %\r')).toBe('100 %');
});
