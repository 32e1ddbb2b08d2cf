import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Random } from '../random/index.ts';
import { builtinGlobals } from './globals.ts';
import { NumpyArray, numpyGlobals } from './numpy.ts';
import { opcodes } from './opcodes.ts';
import { PickleError, type PickleFault } from './pickle-error.ts';
import { type UnpickleOptions, unpickle } from './unpickle.ts';

const everything = new Map([...builtinGlobals, ...numpyGlobals]);
const fixtures = JSON.parse(readFileSync(new URL('./fixtures/pickles.json', import.meta.url), 'utf8'));
const load = (base64: string, options?: UnpickleOptions): unknown =>
  unpickle(Buffer.from(base64, 'base64'), { globals: everything, ...options }).value;
const raw = (latin1: string, options?: UnpickleOptions): unknown =>
  unpickle(Buffer.from(latin1, 'latin1'), options).value;
const error = (fault: PickleFault) => expect.objectContaining({ name: 'PickleError', fault });

describe.each(Object.entries(fixtures.data as Record<string, string>))('protocol %s', (_, base64) => {
  const value = load(base64) as Map<string, unknown>;

  it('gives numbers, text, bytes and containers', () => {
    expect(value.get('a')).toEqual([1, -2, 300, 70000, 2 ** 40, 2n ** 70n, -(2n ** 70n)]);
    expect([value.get('f'), value.get('inf'), value.get('n')]).toEqual([1.5, Number.POSITIVE_INFINITY, null]);
    expect(value.get('t')).toEqual([1, [2], [1, 2, 3, 4], []]);
    expect(value.get('b')).toEqual([true, false]);
    expect(value.get('s')).toBe('ä\n€😀');
    expect([...(value.get('y') as Uint8Array)]).toEqual([0, 255]);
    expect([...(value.get('ba') as Uint8Array)]).toEqual([97, 98]);
    expect([value.get('set'), value.get('fs')]).toEqual([new Set([1]), new Set([2])]);
    expect([...(value.get('od') as Map<string, number>)]).toEqual([
      ['z', 1],
      ['a', 2],
    ]);
  });

  it('keeps shared parts shared', () => {
    const [first, second] = value.get('shared') as unknown[];
    expect(first).toBe(second);
  });
});

it('reads a list that contains itself', () => {
  const list = load(fixtures.cycle) as unknown[];
  expect(list[0]).toBe(list);
});

it('reads the strings of Python 2 as text or as bytes', () => {
  expect(load(fixtures.python2.text)).toEqual(
    new Map([
      ['k', 'a\x00ÿ\n\'"\\'],
      ['u', 'ä'],
    ]),
  );
  const bytes = raw('U\x02a\xff.', { strings: 'bytes' });
  expect([...(bytes as Uint8Array)]).toEqual([97, 255]);
});

it.each(Object.entries(fixtures.numpy as Record<string, string>))(
  'reads numpy arrays and scalars, protocol %s',
  (_, b64) => {
    const [bytes, floats, ...scalars] = load(b64) as [NumpyArray, NumpyArray, ...unknown[]];
    expect([bytes.shape, bytes.dtype.code, [...bytes.data]]).toEqual([[2, 3], 'u1', [0, 1, 2, 3, 4, 5]]);
    expect([floats.shape, floats.dtype.code, floats.fortran]).toEqual([[2, 3], 'f4', true]);
    expect(Buffer.from(floats.data).readFloatLE(4)).toBe(3);
    expect(scalars.slice(0, 4)).toEqual([1.5, -3, 200, true]);
    expect(scalars[4]).toBeInstanceOf(NumpyArray);
  },
);

describe('what is never executed', () => {
  it.each(Object.entries(fixtures.attacks as Record<string, string>))('%s', (name, base64) => {
    // numpy's object arrays are refused before the pickle comes to what they hold.
    const fault = name.startsWith('in numpy') ? 'invalid' : 'forbidden';
    expect(() => load(base64)).toThrow(error(fault));
  });

  it('names what was asked for', () => {
    expect(() => load(fixtures.attacks['os.system, protocol 2'])).toThrow(/posix\.system/);
  });

  it.each([
    ['an instance of Python 2', Buffer.from(fixtures.python2['instance 0'], 'base64').toString('latin1')],
    ['an object of Python 2', Buffer.from(fixtures.python2['instance 1'], 'base64').toString('latin1')],
    ['a name that JavaScript knows', 'cconstructor\nprototype\n.'],
    ['a module of the allow-list, another name', 'ccollections\nnamedtuple\n.'],
    ['a name with a space that looks like another pair', 'ccollections OrderedDict\n\n.'],
    ['a path through an attribute', '\x8c\x0bcollections\x8c\x14OrderedDict.__init__\x93.'],
  ])('%s', (_, bytes) => {
    expect(() => raw(bytes)).toThrow(error('forbidden'));
  });

  it.each([
    ['a call of text', 'X\x04\0\0\0eval)R.'],
    ['a call without a tuple', 'ccollections\nOrderedDict\nNR.'],
    ['a state for text', 'X\x01\0\0\0a}b.'],
    ['numpy records', Buffer.from(fixtures.records, 'base64').toString('latin1')],
    ['a persistent id that nobody loads', 'K\x01Q.'],
  ])('%s', (_, bytes) => {
    expect(() => raw(bytes, { globals: everything })).toThrow(error('invalid'));
  });
});

describe('what is refused', () => {
  it.each([
    ['nothing', ''],
    ['no STOP', 'K\x01'],
    ['a string longer than the bytes', 'X\xff\xff\xff\xffabc.'],
    ['a 64-bit length beyond the bytes', '\x8e\xff\xff\xff\xff\xff\xff\xff\x7f.'],
    ['a line without end', 'I12'],
  ])('%s', (_, bytes) => {
    expect(() => raw(bytes)).toThrow(error('truncated'));
  });

  it.each([
    ['an extension code', '\x82\x01.'],
    ['a buffer outside', '\x97.'],
    ['an unknown operation', '\xff.'],
  ])('%s', (_, bytes) => {
    expect(() => raw(bytes)).toThrow(error('operation'));
  });

  it('what the caller does not want: other operations, and all names but its own', () => {
    const operations = new Set<number>([opcodes.NONE]);
    expect(raw('N.', { operations })).toBeNull();
    expect(() => raw('K\x01.', { operations })).toThrow(error('operation'));
    expect(raw('cbuiltins\nset\n)R.')).toEqual(new Set());
    expect(() => raw('cbuiltins\nset\n)R.', { globals: numpyGlobals })).toThrow(error('forbidden'));
  });

  it.each([
    ['STOP on an empty stack', '.'],
    ['a mark that is missing', 'K\x01t.'],
    ['a recalled value that was never stored', 'h\x07.'],
    ['an item of a list', ']K\x01K\x02s.'],
    ['a key without a value', '}(K\x01u.'],
    ['a protocol of the future', '\x80\x06N.'],
    ['a number that is none', 'Iabc\n.'],
  ])('%s', (_, bytes) => {
    expect(() => raw(bytes)).toThrow(error('invalid'));
  });

  it('work without bound from few bytes', () => {
    expect(() => raw(`${'N0'.repeat(100)}N.`, { maxOperations: 50 })).toThrow(error('limit'));
    expect(() => raw(`I${'9'.repeat(5000)}\n.`)).toThrow(error('limit'));
    expect(() => raw('\x8b\x00\x10\x00\x00.')).toThrow(error('limit'));
    // One list of 1,000 items, copied again and again.
    const items = `(${'N'.repeat(1000)}lq\x00\x85q\x010`;
    const copies = 'c__builtin__\nlist\nh\x01R0'.repeat(100);
    expect(() => raw(`${items}${copies}N.`, { maxOperations: 50_000 })).toThrow(error('limit'));
  });

  it('nesting deeper than any stack is read without recursion', () => {
    let depth = 0;
    for (
      let v = raw(`${'('.repeat(200_000)}${'t'.repeat(200_000)}.`);
      Array.isArray(v) && v.length > 0;
      v = v[0]
    )
      depth++;
    expect(depth).toBe(199_999);
  });
});

it('answers damaged bytes with a PickleError or with data, never otherwise', () => {
  const originals = [...Object.values(fixtures.data), ...Object.values(fixtures.numpy)].map((b) =>
    Buffer.from(b as string, 'base64'),
  );
  const stream = new Random(1);
  const random = (n: number) => stream.below(n);
  let refused = 0;
  for (let i = 0; i < 6_000; i++) {
    const bytes = Uint8Array.from(originals[i % originals.length]!);
    for (let k = 0; k <= random(4); k++) bytes[random(bytes.length)] = random(256);
    try {
      unpickle(random(8) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes, { globals: everything });
    } catch (e) {
      if (!(e instanceof PickleError)) throw e;
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(500);
});
