import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { check, fromGiven, fromText, jsonSchemaOf, wordsOf } from './index.ts';

const words = (schema: z.ZodType) => wordsOf(jsonSchemaOf(schema));

test.each([
  [z.number(), 'a number'],
  [z.int(), 'a whole number'],
  [z.number().min(0).max(1), 'a number from 0 to 1'],
  [z.int().min(1), 'a whole number of at least 1'],
  [z.number().positive(), 'a number above 0'],
  [
    z
      .number()
      .min(0)
      .lt(Math.PI / 2),
    'a number of at least 0 and below 1.571',
  ],
  [z.int().min(32).max(4096).multipleOf(32), 'a multiple of 32 from 32 to 4096'],
  [z.boolean(), 'true or false'],
  [z.string().min(1), 'a text'],
  [z.enum(['sgd', 'adamw']), 'one of sgd, adamw'],
  [z.literal('x'), 'x'],
  [z.union([z.literal('auto'), z.int().min(1)]), 'auto or a whole number of at least 1'],
  [z.int().nullable(), 'a whole number or null'],
  [z.array(z.number().min(0).max(1)), 'a list of numbers from 0 to 1'],
  [z.array(z.number()).length(3), 'a list of 3 numbers'],
  [z.array(z.string()), 'a list of texts'],
  [z.union([z.enum(['a', 'b']), z.custom<object>((v) => typeof v === 'object')]), 'one of a, b'],
  [
    z
      .string()
      .regex(/^[0-9]+$/)
      .meta({ expected: 'digits' }),
    'digits',
  ],
] as const)('words of a field %#', (schema, expected) => expect(words(schema)).toBe(expected));

describe('check', () => {
  const schema = z.strictObject({
    lr: z.number().min(0),
    margin: z.number().optional(),
    input: z.strictObject({ std: z.array(z.number().positive()) }).optional(),
    files: z.record(z.string().regex(/^\w+$/).meta({ expected: 'a bare name' }), z.int()).optional(),
    optimizer: z.enum(['sgd', 'adamw']).optional(),
    even: z
      .int()
      .refine((n) => n % 2 === 0, 'an even number')
      .optional(),
  });
  const message = (value: unknown) => check(schema, value, { whole: 'the recipe' })?.message;

  test('is content with what the schema takes', () => {
    expect(check(schema, { lr: 0.1, input: { std: [1] }, even: 2 }, { whole: 'the recipe' })).toBeNull();
  });

  test.each([
    [{ lr: -1 }, 'Expected a number of at least 0 for lr but received -1.'],
    [{ lr: Number.NaN }, 'Expected a number of at least 0 for lr but received NaN.'],
    [{ lr: '1' }, 'Expected a number of at least 0 for lr but received "1".'],
    [{}, 'Expected a number of at least 0 for lr but received nothing.'],
    [{ lr: 1, marign: 1 }, 'Expected a key of the recipe but received marign. Did you mean margin?'],
    [{ rl: 1 }, 'Expected a key of the recipe but received rl. Did you mean lr?'],
    [
      { lr: 1, colour: 1 },
      'Expected one of the keys lr, margin, input, files, optimizer, even of the recipe but received colour.',
    ],
    [{ lr: 1, input: { std: [1, 0] } }, 'Expected a number above 0 for input.std[1] but received 0.'],
    [{ lr: 1, input: { std: 1 } }, 'Expected a list of numbers above 0 for input.std but received 1.'],
    [{ lr: 1, input: { sdt: [] } }, 'Expected a key of input but received sdt. Did you mean std?'],
    [{ lr: 1, files: { '../x': 1 } }, 'Expected a bare name for keys of files but received "../x".'],
    [{ lr: 1, files: { x: 'y' } }, 'Expected a whole number for files.x but received "y".'],
    [
      { lr: 1, optimizer: 'adam' },
      'Expected one of sgd, adamw for optimizer but received "adam". Did you mean adamw?',
    ],
    [{ lr: 1, even: 3 }, 'Expected an even number for even but received 3.'],
    [null, 'Expected an object for the recipe but received null.'],
    [[], 'Expected an object for the recipe but received [].'],
  ])('%j', (value, expected) => expect(message(value)).toBe(expected));

  test('names a place within something larger', () => {
    const flaw = check(
      z.strictObject({ margin: z.number().max(2) }),
      { margin: 9 },
      {
        whole: 'arcface',
        path: 'lossOptions',
      },
    );
    expect(flaw).toMatchObject({ kind: 'invalid-value', path: 'lossOptions.margin' });
  });
});

test.each([
  [z.number(), '0.02', 0.02],
  [z.number(), 'x', 'x'],
  [z.number(), '', ''],
  [z.number(), 'NaN', 'NaN'],
  [z.boolean(), 'true', true],
  [z.boolean(), '1', '1'],
  [z.enum(['true', 'straight-through']), 'true', 'true'],
  [z.string(), '12', '12'],
  [z.array(z.number()), '0.5, 0.75', [0.5, 0.75]],
  [z.array(z.string()), '', []],
  [z.union([z.literal('auto'), z.number()]), 'auto', 'auto'],
  [z.union([z.literal('auto'), z.number()]), '3', 3],
  [z.union([z.literal('auto'), z.number()]), 'three', 'three'],
  [z.number().nullable(), '3', 3],
] as const)('text %# is read as the type of its field', (schema, text, expected) => {
  expect(fromText(jsonSchemaOf(schema), text)).toEqual(expected);
});

test('a flag is a word where the field has words', () => {
  expect(fromGiven(jsonSchemaOf(z.enum(['true', 'straight-through'])), true)).toBe('true');
  expect(fromGiven(jsonSchemaOf(z.enum(['a'])), true)).toBe(true);
  expect(fromGiven(jsonSchemaOf(z.boolean()), true)).toBe(true);
});
