import { join, resolve } from 'node:path';
import {
  hashBytes,
  hashFile,
  hashLargeFile,
  isFile,
  makeFolder,
  readTextFile,
  writeFile,
} from '@semblance/core/files';
import { decodeImage, isPhotoError } from '@semblance/face/image';
import { SemblanceError } from '../../error.ts';
import { openImages } from '../image-lists/index.ts';
import { nameIn, nameText } from '../name-text.ts';
import type { PersonSource, PersonSourceKind } from '../person-source.ts';
import { packImageRecord } from '../recordio/image-record.ts';
import { readRecordRanges, selectRanges } from '../recordio/record-file.ts';
import { parseProperty } from '../recordio/record-index.ts';
import { RecordWriter } from '../recordio/record-writer.ts';
import { readLabelledRecords } from './record-labels.ts';
import { assertAbsent, readOrRefuse } from './write-names.ts';

/** Names of the people by label, one a line: ours; sets from elsewhere have none and their people are numbers. */
const NAMES_FILE = 'people.txt';

/** Keys stand in labels, which are float32: whole numbers are exact up to here. */
const MOST_KEYS = 2 ** 24;

/** insightface's `train.rec`, `train.idx`, `property`: the folder that holds them, or the `.rec` file. */
export const recordio: PersonSourceKind = {
  async recognises(path) {
    return path.endsWith('.rec') ? isFile(path) : isFile(join(path, 'train.rec'));
  },

  async read(path) {
    const rec = resolve(path.endsWith('.rec') ? path : join(path, 'train.rec'));
    const [idx, dir] = [rec.replace(/\.rec$/, '.idx'), join(rec, '..')];
    const ranges = await readRecordRanges(rec, idx);
    const { indices, labels, classes } = await readLabelledRecords(ranges);
    const property = (await isFile(join(dir, 'property')))
      ? parseProperty(await readTextFile(join(dir, 'property')), join(dir, 'property'))
      : null;
    const names = await readNames(join(dir, NAMES_FILE), [classes.at(-1)! + 1, property?.numClasses]);
    return {
      kind: 'recordio',
      path: rec,
      people: classes.map((label) => names[label] ?? String(label)),
      images: { kind: 'records', ranges: selectRanges(ranges, indices) },
      labels,
      notes:
        property && property.numClasses !== classes.length
          ? [`property says ${property.numClasses} people, the records show ${classes.length}`]
          : [],
      fingerprint: async () => hashBytes(`${await hashFile(idx)}\n${await hashLargeFile(rec)}`),
    };
  },

  async write(source, out, { onProgress = () => {}, onRefused }) {
    await assertAbsent(join(out, 'train.rec'));
    await makeFolder(out);
    const writer = await RecordWriter.create(join(out, 'train.rec'), join(out, 'train.idx'));
    const images = openImages(source.images);
    try {
      await writer.write(0, headRecord(0, 0));
      const people: { name: string; start: number; end: number }[] = [];
      let person = -1;
      let size: { width: number; height: number } | null = null;
      let key = 1;
      for (const [i, index] of byPerson(source).entries()) {
        const picture = await readOrRefuse(images, index, onRefused);
        if (picture) {
          size ??= await sizeOf(picture);
          // whoever has no photo left gets no label
          if (source.labels[index] !== person) {
            person = source.labels[index]!;
            people.push({ name: source.people[person]!, start: key, end: key });
          }
          const labels = [people.length - 1];
          await writer.write(key, packImageRecord({ flag: 0, labels, id: BigInt(key), id2: 0n }, picture));
          people.at(-1)!.end = ++key;
        }
        onProgress(i + 1, images.length);
      }
      if (key > MOST_KEYS) throw tooMany(key);
      for (const [i, { start, end }] of people.entries()) {
        const id = key + i;
        await writer.write(id, packImageRecord({ flag: 2, labels: [start, end], id: BigInt(id), id2: 0n }));
      }
      await writer.replaceFirst(headRecord(key, key + people.length));
      await writeFile(join(out, 'property'), `${people.length},${size?.height ?? 0},${size?.width ?? 0}\n`);
      await writeFile(join(out, NAMES_FILE), people.map(({ name }) => `${nameText(name)}\n`).join(''));
      await writer.finish();
      return key - 1;
    } catch (error) {
      await writer.abandon();
      throw error;
    } finally {
      await images.close();
    }
  },
};

/**
 * The names by label; none where there is no such file.
 *
 * @param counts how many there may be
 * @throws SemblanceError DATA_INVALID where there are others: who is who could not be told
 */
async function readNames(file: string, counts: (number | undefined)[]): Promise<string[]> {
  if (!(await isFile(file))) return [];
  const names = (await readTextFile(file)).trimEnd().split('\n').map(nameIn);
  if (counts.includes(names.length)) return names;
  throw new SemblanceError(
    'DATA_INVALID',
    `${file} has ${names.length} names for ${counts[0]} people, so that who is who is unknown: ` +
      'write it anew, a name a line, or remove it to have people called by their numbers',
  );
}

/** For `property`; a picture that cannot be decoded is passed over, as the next one tells as well. */
async function sizeOf(picture: Uint8Array): Promise<{ width: number; height: number } | null> {
  try {
    return await decodeImage(picture);
  } catch (error) {
    if (isPhotoError(error)) return null;
    throw error;
  }
}

/** The record that says which keys are images (1 … first − 1) and which are people (first … end − 1). */
const headRecord = (first: number, end: number): Uint8Array =>
  packImageRecord({ flag: 2, labels: [first, end], id: 0n, id2: 0n });

const tooMany = (key: number): SemblanceError =>
  new SemblanceError('DATA_INVALID', `a RecordIO set holds less than ${MOST_KEYS} images, not ${key - 1}`);

/** Image indices, person after person. */
function byPerson({ labels }: PersonSource): number[] {
  return Array.from(labels, (_, i) => i).sort((a, b) => labels[a]! - labels[b]! || a - b);
}
