import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { NumpyArray, numpyGlobals, unpickle } from '@semblance/core/pickle';
import { pickleError } from '../datasets/pickle-error.ts';
import { SemblanceError } from '../error.ts';
import { type ForeignFace, unitVector } from './foreign-people.ts';
import { lastOf, pictureAt, readPhotoFolders, subjectOf } from './photo-folders.ts';

/** What DeepFace's `find` keeps beside the photos: `ds_model_….pkl`, or `representations_….pkl` of older ones. */
const isRepresentations = (name: string): boolean => /^(ds_|representations_).*\.pkl$/.test(name);

/**
 * A folder that DeepFace searches, with the representations that it keeps there, or such a file by itself. Where there are
 * none, the photos are read.
 *
 * A file has a list of dictionaries with `identity`, the photo's path, and `embedding`; in older ones a list of pairs.
 *
 * @throws SemblanceError DATA_INVALID, DATA_FORBIDDEN, DATA_CORRUPT for another pickle
 */
export async function* readDeepFace(path: string): AsyncGenerator<ForeignFace> {
  const isFolder = (await stat(path)).isDirectory();
  const folder = isFolder ? path : dirname(path);
  const names = isFolder ? (await readdir(path)).filter(isRepresentations).sort() : [basename(path)];
  if (names.length === 0) {
    yield* readPhotoFolders(path);
    return;
  }
  if (names.length > 1) {
    const message = `${path} has representations of several models: name one of ${names.join(', ')}`;
    throw new SemblanceError('USAGE_MISSING_ARGUMENT', message);
  }
  for (const { identity, embedding } of representationsIn(
    await readFile(join(folder, names[0]!)),
    names[0]!,
  )) {
    const words = lastOf(identity);
    // directly in the folder that is searched, a photo is named by itself
    const name = words.startsWith(`${basename(folder)}/`) ? basename(words) : words;
    const picture = await pictureAt(folder, name);
    yield { subject: subjectOf(name), source: name, picture, embedding: unitVector(embedding, identity) };
  }
}

function representationsIn(bytes: Uint8Array, name: string): { identity: string; embedding: number[] }[] {
  let value: unknown;
  try {
    value = unpickle(bytes, { globals: new Map(numpyGlobals) }).value;
  } catch (cause) {
    throw pickleError(cause, name);
  }
  if (!Array.isArray(value)) throw notOurs(name);
  return value.flatMap((entry: unknown) => {
    const [identity, embedding] = Array.isArray(entry)
      ? entry
      : entry instanceof Map
        ? [entry.get('identity'), entry.get('embedding')]
        : [];
    if (typeof identity !== 'string') throw notOurs(name);
    // photos without a face are noted without an embedding
    return embedding == null ? [] : [{ identity, embedding: numbersOf(embedding, name) }];
  });
}

function numbersOf(value: unknown, name: string): number[] {
  if (value instanceof NumpyArray) return floatsOf(value, name);
  if (Array.isArray(value) && value.every((each) => typeof each === 'number')) return value as number[];
  throw notOurs(name);
}

/** The numbers of an array of float32 or float64. */
function floatsOf({ dtype, data }: NumpyArray, name: string): number[] {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const size = dtype.code === 'f4' ? 4 : dtype.code === 'f8' ? 8 : 0;
  if (size === 0) throw notOurs(name);
  return Array.from({ length: data.byteLength / size }, (_, i) =>
    size === 4 ? view.getFloat32(4 * i, true) : view.getFloat64(8 * i, true),
  );
}

const notOurs = (name: string): SemblanceError =>
  new SemblanceError('DATA_INVALID', `${name} does not hold the representations of DeepFace`);
