import { expect, test } from 'vitest';
import { createSpellings } from './spellings.ts';

test('a name is found in every case, itself before others; what was read once is read anew after names have gone', async () => {
  let names = ['Ada', 'ADA', 'Öz'];
  let numReads = 0;
  const spellings = createSpellings(async () => {
    numReads++;
    return names;
  });
  spellings.add('before anything is known'); // comes with the names that are read
  expect(await spellings.find('ADA')).toBe('ADA');
  expect(await spellings.find('aDa')).toBe('Ada');
  expect(await spellings.find('öZ')).toBe('Öz');
  expect(await spellings.find('Bob')).toBeNull();
  spellings.add('Bob');
  expect(await spellings.find('BOB')).toBe('Bob');
  expect(numReads).toBe(1);
  names = ['ADA'];
  spellings.forget();
  expect(await Promise.all([spellings.find('Ada'), spellings.find('bob')])).toEqual(['ADA', null]);
  expect(numReads).toBe(2);
});
