import { describe, expect, test, vi } from 'vitest';
import { describeRealData, realData } from '../../../../test/support/real-data.ts';
import { SemblanceError } from '../error.ts';
import { readDetectionLabels } from './detection-labels.ts';
import type { LabelledFace } from './label-types.ts';
import { parseMatFile } from './mat-file.ts';
import { readWiderGroundTruth, widerSubsets } from './wider-ground-truth.ts';

// thousands of labels are read: on a busy machine that takes its time
vi.setConfig({ testTimeout: 300_000 });

/** Written by SciPy's savemat, with and without compression. */
const compressed =
  'TUFUTEFCIDUuMCBNQVQtZmlsZSBQbGF0Zm9ybTogcG9zaXgsIENyZWF0ZWQgb246IEZyaSBOb3YgMjcgMDE6Mjc6MTMgMjAyNgAA' +
  'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABSU0PAAAAQQAAAHic42NgYMgAYjYg5oDS' +
  'IMAK5TMBMTMQMwIxOxCn5Jcm5aQWM3AC2QYMMHDBHkJzOUDoL1C+IJTPBKVFHQBdlwdADwAAAC8AAAB4nONjYGCwAGI2IOYAYh4G' +
  'CGCF8hmBmAlMszBk5pUUw8Sv/Pv/v0CQkQEAVBUGkw8AAAAuAAAAeJzjY2BgsABiNiDmAGJOBghghfIZgZgZSoPEinMTc3KANBNQ' +
  'lJGJmQEANfcCmQ8AAAB6AAAAeJzjY2Bg8GBkYGAD0hxADGSCASsSnwlKg8SSU3NyioE0HxAbMCD0saHpY4DqgZnHCaVB+m4w4LaP' +
  'CU0fSH0CHnuYkfTA7DFggIEf9hCawwFCixyASkD5AlBawoEPKgizhwVLOHAi2SMAs0tXNyCxKDElFSoOAD0sC3EPAAAAKwAAAHic' +
  '42NgYDAAYjYg5gBiFgYIYIXyGYGYGUyzMJTnF6UIAHmJSckMACiXA1wPAAAAKAAAAHic42NgYLAAYjYg5gBiPgYIYIXyGeGYmSEp' +
  'M52BByoOBkAJADDCAb0PAAAAKgAAAHic42NgYDAAYjYg5gBiTiYGMGCF8hmBmAlMszCk5SSmMwF5IDEAJDsCDA==';
const plain =
  'TUFUTEFCIDUuMCBNQVQtZmlsZSBQbGF0Zm9ybTogcG9zaXgsIENyZWF0ZWQgb246IEZyaSBOb3YgMjcgMDE6Mjc6MTMgMjAyNgAA' +
  'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABSU0OAAAAaAAAAAYAAAAIAAAABgAAAAAA' +
  'AAAFAAAACAAAAAIAAAADAAAAAQAAAAcAAABkb3VibGVzAAkAAAAwAAAAAAAAAAAA0D8AAAAAAAAKQAAAAAAAAPQ/AAAAAAAAEUAA' +
  'AAAAAAACQAAAAAAAABVADgAAADgAAAAGAAAACAAAAAwAAAAAAAAABQAAAAgAAAABAAAAAgAAAAEABABpbnRzBQAAAAgAAADU/v//' +
  'cBEBAA4AAAA4AAAABgAAAAgAAAAJAAAAAAAAAAUAAAAIAAAAAQAAAAMAAAABAAAABQAAAHNtYWxsAAAAAgADAAECAwAOAAAASAEA' +
  'AAYAAAAIAAAAAQAAAAAAAAAFAAAACAAAAAEAAAACAAAAAQAAAAUAAABjZWxscwAAAA4AAAAwAAAABgAAAAgAAAAGAAAAAAAAAAUA' +
  'AAAIAAAAAAAAAAEAAAABAAAAAAAAAAkAAAAAAAAADgAAANgAAAAGAAAACAAAAAEAAAAAAAAABQAAAAgAAAACAAAAAQAAAAEAAAAA' +
  'AAAADgAAAGAAAAAGAAAACAAAAAYAAAAAAAAABQAAAAgAAAADAAAAAgAAAAEAAAAAAAAACQAAADAAAAAAAAAAAAD4PwAAAAAAAAhA' +
  'AAAAAAAAFMAAAAAAAAAAQAAAAAAAABBAAAAAAAAAGEAOAAAAQAAAAAYAAAAIAAAABAAAAAAAAAAFAAAACAAAAAEAAAAJAAAAAQAA' +
  'AAAAAAAQAAAACQAAADAtLVBhcmFkZQAAAAAAAAAOAAAAMAAAAAYAAAAIAAAABAAAAAAAAAAFAAAACAAAAAEAAAADAAAAAQAEAHdv' +
  'cmQQAAMAYWJjAA4AAAA4AAAABgAAAAgAAAAOAAAAAAAAAAUAAAAIAAAAAQAAAAEAAAABAAMAYmlnAAwAAAAIAAAAAAAAAAABAAAO' +
  'AAAAMAAAAAYAAAAIAAAACQIAAAAAAAAFAAAACAAAAAEAAAACAAAAAQAEAGZsYWcCAAIAAQAAAA==';
const structure =
  'TUFUTEFCIDUuMCBNQVQtZmlsZSBQbGF0Zm9ybTogcG9zaXgsIENyZWF0ZWQgb246IEZyaSBOb3YgMjcgMDE6Mjc6MTMgMjAyNgAA' +
  'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABSU0OAAAAeAAAAAYAAAAIAAAAAgAAAAAA' +
  'AAAFAAAACAAAAAEAAAABAAAAAQABAHMAAAAFAAQAAgAAAAEAAgBhAAAADgAAADgAAAAGAAAACAAAAA4AAAAAAAAABQAAAAgAAAAB' +
  'AAAAAQAAAAEAAAAAAAAADAAAAAgAAAABAAAAAAAAAA==';
const complex =
  'TUFUTEFCIDUuMCBNQVQtZmlsZSBQbGF0Zm9ybTogcG9zaXgsIENyZWF0ZWQgb246IEZyaSBOb3YgMjcgMDE6Mjc6MTMgMjAyNgAA' +
  'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABSU0OAAAASAAAAAYAAAAIAAAABggAAAAA' +
  'AAAFAAAACAAAAAEAAAABAAAAAQABAHoAAAAJAAAACAAAAAAAAAAAAPA/CQAAAAgAAAAAAAAAAAAAQA==';

const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'));
const numbers = (dims: number[], ...values: number[]) => ({
  kind: 'numbers',
  dims,
  values: Float64Array.from(values),
});

describe('parseMatFile', () => {
  test.each([
    ['compressed', compressed],
    ['plain', plain],
  ])('%s variables of every kind', (_, file) => {
    expect(Object.fromEntries(parseMatFile(bytesOf(file)))).toEqual({
      // column by column
      doubles: numbers([2, 3], 0.25, 3.25, 1.25, 4.25, 2.25, 5.25),
      ints: numbers([1, 2], -300, 70000),
      small: numbers([1, 3], 1, 2, 3),
      big: numbers([1, 1], 2 ** 40),
      flag: numbers([1, 2], 1, 0),
      word: { kind: 'text', dims: [1, 3], text: 'abc' },
      cells: {
        kind: 'cells',
        dims: [1, 2],
        cells: [
          numbers([0, 1]),
          {
            kind: 'cells',
            dims: [2, 1],
            cells: [numbers([3, 2], 1.5, 3, -5, 2, 4, 6), { kind: 'text', dims: [1, 9], text: '0--Parade' }],
          },
        ],
      },
    });
  });

  test('what is not read says so', () => {
    expect(() => parseMatFile(bytesOf(structure))).toThrow('s is a structure');
    expect(() => parseMatFile(bytesOf(complex))).toThrow('z is complex');
    expect(() => parseMatFile(new TextEncoder().encode('no MAT-file'), 'x.mat')).toThrow(
      'x.mat: it is not a MAT file',
    );
  });

  test('damaged files are refused with their code, wherever the damage is', () => {
    for (const file of [compressed, plain].map(bytesOf)) {
      const tryIt = (bytes: Uint8Array): void => {
        try {
          parseMatFile(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(SemblanceError);
          expect((error as SemblanceError).code).toBe('DATA_INVALID');
        }
      };
      for (let n = 0; n < file.length; n++) {
        tryIt(file.subarray(0, n));
        const altered = Uint8Array.from(file);
        altered[n]! ^= 1 << (n % 8);
        tryIt(altered);
      }
    }
  });
});

describeRealData('the ground truth of WIDER FACE', () => {
  test('has as many faces as its authors count, and the boxes of the text version of the labels', async () => {
    const photos = await readWiderGroundTruth(realData('wider200'));
    const count = (subset: string): number =>
      photos.reduce(
        (sum, { faces }) => sum + faces.filter(({ subsets }) => subsets.includes(subset as never)).length,
        0,
      );
    expect(photos.length).toBe(3226);
    expect(widerSubsets.map(count)).toEqual([7211, 13319, 31958]);

    const labels = await readDetectionLabels(realData('wider200', 'wider_face_val_bbx_gt.txt'));
    const byName = new Map(labels.map(({ name, faces }) => [name, faces]));
    const differing = photos.filter(({ name, faces }) => {
      const solid = faces.filter(({ box: [x1, y1, x2, y2] }) => x2 > x1 && y2 > y1);
      const facts = (list: readonly LabelledFace[]): string =>
        JSON.stringify(list.map(({ box, attributes }) => [box, attributes]));
      return facts(solid) !== facts(byName.get(name)!);
    });
    expect(differing.map(({ name }) => name)).toEqual([]);
  });
});
