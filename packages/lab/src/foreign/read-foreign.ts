import { open, readdir, stat } from 'node:fs/promises';
import { didYouMean } from '@semblance/core';
import { statOrThrow } from '@semblance/core/files';
import { SemblanceError } from '../error.ts';
import { readCompreFace } from './compreface.ts';
import { readDeepFace } from './deepface.ts';
import type { ForeignFace, ReadForeign } from './foreign-people.ts';
import { readInsightFaceServer } from './insightface-server.ts';
import { readPhotoFolders } from './photo-folders.ts';

/** Systems whose people can be read: adding one is adding a file and a line. */
const readers: Readonly<Record<string, ReadForeign>> = {
  compreface: readCompreFace,
  deepface: readDeepFace,
  face_recognition: readPhotoFolders,
  insightface: readInsightFaceServer,
};

/** Their names. */
export const foreignKinds: readonly string[] = Object.keys(readers);

/**
 * The people of another system, face by face.
 *
 * @param kind which system that is; by what lies there, if not given
 * @param collection which of several groups of people
 * @throws SemblanceError PATH_NOT_FOUND; DATA_INVALID for what no system has written
 * @example
 * ```ts
 * import { readForeignPeople } from '@semblance/lab/foreign';
 *
 * for await (const { subject } of await readForeignPeople('people', { kind: 'face_recognition' })) console.log(subject); // ada…
 * ```
 */
export async function readForeignPeople(
  path: string,
  { kind, collection }: { kind?: string | undefined; collection?: string | undefined } = {},
): Promise<AsyncIterable<ForeignFace>> {
  await statOrThrow(path);
  const name = kind ?? (await kindAt(path));
  const read = readers[name];
  if (read) return read(path, collection);
  const message = `'${name}' is no system whose people can be read: there are ${foreignKinds.join(', ')}`;
  throw new SemblanceError('USAGE_INVALID_VALUE', message + didYouMean(name, foreignKinds));
}

/** Which system has written what lies there. */
async function kindAt(path: string): Promise<string> {
  if ((await stat(path)).isDirectory()) {
    const names = await readdir(path);
    if (names.includes('embedding.csv')) return 'compreface';
    return names.some((name) => name.endsWith('.pkl')) ? 'deepface' : 'face_recognition';
  }
  const start = await firstBytes(path, 16);
  if (start.equals(Buffer.from('SQLite format 3\0'))) return 'insightface';
  if (path.endsWith('.pkl')) return 'deepface';
  if (/^\s*--|^\s*(SET|COPY|CREATE) /.test(start.toString('latin1'))) return 'compreface';
  throw new SemblanceError(
    'DATA_INVALID',
    `${path} is neither an export of a gallery nor of ${foreignKinds.join(', ')}: say which with --from`,
  );
}

async function firstBytes(path: string, length: number): Promise<Buffer> {
  await using file = await open(path, 'r');
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
  return buffer.subarray(0, bytesRead);
}
