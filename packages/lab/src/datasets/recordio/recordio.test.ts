import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '@semblance/core/random';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  decodeRecord,
  encodeRecord,
  packImageRecord,
  parseProperty,
  parseRecordIndex,
  RecordReader,
  RecordWriter,
  readRecordRanges,
  unpackImageRecord,
} from './index.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'semblance-recordio-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const magic = [0x0a, 0x23, 0xd7, 0xce];
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** A stream of numbers that is the same in every run. */
function numbers(seed: number): (n: number) => number {
  const random = new Random(seed);
  return (n) => random.below(n);
}

/** Bytes of which many are parts of the magic, at aligned places and at others. */
function payloadOf(seed: number): Uint8Array {
  const draw = numbers(seed);
  const bytes: number[] = [];
  const length = draw(60);
  while (bytes.length < length) {
    const kind = draw(4);
    if (kind < 2) bytes.push(...magic);
    else if (kind === 2) bytes.push(...magic.slice(0, 1 + draw(3)));
    else bytes.push(draw(256));
  }
  return Uint8Array.from(bytes);
}

describe('the format of a record', () => {
  // worked out by hand from dmlc-core's src/recordio.cc
  test.each([
    ['01020304', '0a23d7ce 04000000 01020304'],
    ['010203', '0a23d7ce 03000000 010203 00'],
    ['', '0a23d7ce 00000000'],
    // the magic at an aligned place: cut and left out
    ['0a23d7ce', '0a23d7ce 00000020 0a23d7ce 00000060'],
    ['01020304 0a23d7ce 05', '0a23d7ce 04000020 01020304 0a23d7ce 01000060 05 000000'],
    ['0a23d7ce 0a23d7ce 0506', '0a23d7ce 00000020 0a23d7ce 00000040 0a23d7ce 02000060 0506 0000'],
    // at another place it stays
    ['01 0a23d7ce 020304', '0a23d7ce 08000000 010a23d7ce020304'],
    // cut off by the end of the payload
    ['0a23d7', '0a23d7ce 03000000 0a23d7 00'],
  ])('%s', (payload, record) => {
    const bytes = Buffer.from(payload.replaceAll(' ', ''), 'hex');
    const encoded = encodeRecord(bytes);
    expect(hex(encoded)).toBe(record.replaceAll(' ', ''));
    expect(decodeRecord(encoded, 'it')).toEqual({
      payload: new Uint8Array(bytes),
      sizeBytes: encoded.length,
    });
  });

  test('every payload comes back, and the magic stands in no other place than before a part', () => {
    const wrong: number[] = [];
    for (let seed = 1; seed <= 3000; seed++) {
      const payload = payloadOf(seed);
      const record = encodeRecord(payload);
      const isSame = Buffer.from(payload).equals(decodeRecord(record, 'it').payload);
      const view = new DataView(record.buffer);
      let isFramed = record.length % 4 === 0;
      for (let at = 0; at < record.length; ) {
        isFramed &&= view.getUint32(at, true) === 0xced7230a;
        const length = view.getUint32(at + 4, true) & 0x1fffffff;
        for (let k = at + 8; k + 4 <= at + 8 + length; k += 4)
          isFramed &&= view.getUint32(k, true) !== 0xced7230a;
        at += 8 + Math.ceil(length / 4) * 4;
      }
      if (!isSame || !isFramed) wrong.push(seed);
    }
    expect(wrong).toEqual([]);
  });

  test('what is cut short or out of order is refused with a code', () => {
    const split = encodeRecord(Uint8Array.from([...magic, 1, 2, 3, 4, ...magic, 5]));
    for (let length = 0; length < split.length - 3; length++) {
      expect(() => decodeRecord(split.subarray(0, length), 'it')).toThrow(
        expect.objectContaining({ code: 'DATA_CORRUPT' }),
      );
    }
    for (const [at, value] of [
      [0, 0],
      [7, 0x40],
      [7, 0xe0],
      [15, 0x20],
      [15, 0],
    ] as const) {
      const broken = split.slice();
      broken[at] = value;
      expect(() => decodeRecord(broken, 'it')).toThrow(expect.objectContaining({ code: 'DATA_CORRUPT' }));
    }
  });
});

describe('the header of an image', () => {
  test('is the one Python’s struct packs', () => {
    // struct.pack('<IfQQ', 0, 7.0, 5, 0) and struct.pack('<IfQQff', 2, 0.0, 9, 1, 3.0, 11.0)
    const one = packImageRecord({ flag: 0, labels: [7], id: 5n, id2: 0n }, Uint8Array.of(0xff));
    expect(hex(one)).toBe('000000000000e04005000000000000000000000000000000ff');
    const two = packImageRecord({ flag: 2, labels: [3, 11], id: 9n, id2: 1n });
    expect(hex(two)).toBe('02000000000000000900000000000000010000000000000000004040' + '00003041');
    expect(unpackImageRecord(one, 'it')).toEqual({
      flag: 0,
      labels: [7],
      id: 5n,
      id2: 0n,
      picture: Uint8Array.of(0xff),
    });
    expect(unpackImageRecord(two, 'it')).toMatchObject({ flag: 2, labels: [3, 11] });
  });

  test('a payload shorter than its header is refused', () => {
    const bytes = packImageRecord({ flag: 2, labels: [1, 2], id: 0n, id2: 0n });
    for (const length of [0, 23, 24, 31]) {
      expect(() => unpackImageRecord(bytes.subarray(0, length), 'it')).toThrow(
        expect.objectContaining({ code: 'DATA_CORRUPT' }),
      );
    }
    const huge = bytes.slice();
    huge.fill(0xff, 0, 4); // claims four thousand million labels
    expect(() => unpackImageRecord(huge, 'it')).toThrow(/header of/);
  });
});

describe('the index', () => {
  const parse = (text: string) => parseRecordIndex(Buffer.from(text), 'x.idx');

  test('comes by rising key, whatever the order of the lines', () => {
    const { keys, offsets } = parse('0\t0\r\n2\t96\n\n1\t48');
    expect([...keys]).toEqual([0, 1, 2]);
    expect([...offsets]).toEqual([0, 48, 96]);
  });

  test.each(['0 0\n', '0\n', '0\t\n', 'a\t0\n', '0\t0\t0\n', '-1\t0\n', '0\t1.5\n', '0\t9999999999999999\n'])(
    '%j is refused with its line',
    (line) => {
      expect(() => parse(`5\t5\n${line}`)).toThrow('x.idx:2');
    },
  );

  test('nothing, and a key that stands twice, are refused', () => {
    expect(() => parse('\n')).toThrow(expect.objectContaining({ code: 'DATA_EMPTY' }));
    expect(() => parse('1\t0\n1\t8\n')).toThrow('key 1 is listed twice');
  });

  test('property', () => {
    expect(parseProperty('85742,112,112\n', 'property')).toEqual({
      numClasses: 85742,
      height: 112,
      width: 112,
    });
    expect(parseProperty('2,112,96,17', 'property')).toMatchObject({ width: 96, numImages: 17 });
    expect(() => parseProperty('2,112', 'property')).toThrow('classes,height,width');
  });
});

describe('a file of records', () => {
  const payloads = Array.from({ length: 300 }, (_, i) => payloadOf(1000 + i));
  const names = (name: string) => [join(root, `${name}.rec`), join(root, `${name}.idx`)] as const;

  async function written(name: string): Promise<readonly [string, string]> {
    const writer = await RecordWriter.create(...names(name));
    for (const [i, payload] of payloads.entries()) await writer.write(i, payload);
    await writer.finish();
    return names(name);
  }

  test('reads back bit for bit, at random and all at once', async () => {
    const reader = new RecordReader(await readRecordRanges(...(await written('all'))));
    const order = [...payloads.keys()].sort((a, b) => ((a * 131) % 300) - ((b * 131) % 300));
    const read = await Promise.all(order.map((i) => reader.read(i)));
    for (const [k, i] of order.entries()) expect(hex(read[k]!)).toBe(hex(payloads[i]!));
    for (const i of order.slice(0, 40)) {
      expect(hex(await reader.readHead(i, 28))).toBe(hex(payloads[i]!.subarray(0, 28)));
    }
    await reader.close();
  });

  test('appears whole or not at all', async () => {
    const writer = await RecordWriter.create(...names('never'));
    await writer.write(0, payloads[1]!);
    await expect(readFile(names('never')[0])).rejects.toThrow('ENOENT');
    await writer.abandon();
    await expect(readFile(names('never')[1])).rejects.toThrow('ENOENT');
  });

  test('that was cut short or overwritten gives errors, and the other records still', async () => {
    const [rec, idx] = await written('cut');
    const { starts } = await readRecordRanges(rec, idx);
    await truncate(rec, starts[299]! + 6);
    const reader = new RecordReader(await readRecordRanges(rec, idx));
    await expect(reader.read(299)).rejects.toMatchObject({ code: 'DATA_CORRUPT' });
    expect(hex(await reader.read(298))).toBe(hex(payloads[298]!));
    await reader.close();

    await truncate(rec, starts[299]!);
    await expect(readRecordRanges(rec, idx)).rejects.toMatchObject({ code: 'DATA_CORRUPT' });

    const [other, otherIdx] = await written('scribbled');
    const bytes = await readFile(other);
    bytes[starts[7]!] = 0;
    await writeFile(other, bytes);
    const scribbled = new RecordReader(await readRecordRanges(other, otherIdx));
    await expect(scribbled.read(7)).rejects.toThrow(/record 7/);
    expect(hex(await scribbled.read(8))).toBe(hex(payloads[8]!));
    await scribbled.close();
  });
});
