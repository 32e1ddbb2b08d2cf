import { expect, test } from 'vitest';
import { parseAttributes } from './attributes.ts';

test('a photo’s own line wins over its folder’s', () => {
  const attributes = parseAttributes('name,gender,age\nanna,f,\nanna/2.jpg,f,old\nbert,m,young\n');
  expect(attributes.names).toEqual(['gender', 'age']);
  expect(attributes.valueOf('anna/1.jpg', 'gender')).toBe('f');
  expect(attributes.valueOf('anna/1.jpg', 'age')).toBeNull();
  expect(attributes.valueOf('anna/2.jpg', 'age')).toBe('old');
  expect(attributes.valueOf('carl/1.jpg', 'age')).toBeNull();
});

test('files that say nothing are refused, with the line', () => {
  expect(() => parseAttributes('name,gender\n')).toThrow('no attributes');
  expect(() => parseAttributes('name\nanna\n')).toThrow('head line');
  expect(() => parseAttributes('name,gender\n\nanna,f,x\n', 'p.csv')).toThrow('p.csv:3: expected 2 fields');
  expect(() => parseAttributes('name,gender\n"anna,f\n', 'p.csv')).toThrow('p.csv: line 2');
});
