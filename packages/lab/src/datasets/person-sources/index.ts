import { statOrThrow } from '@semblance/core/files';
import type {
  PersonSource,
  PersonSourceKind,
  PersonSourceKindName,
  WritePersonOptions,
} from '../person-source.ts';
import { folder } from './folder.ts';
import { recordio } from './recordio.ts';
import { tar } from './tar.ts';

/** Every way to keep people's photos, the telling ones first: adding one is adding a file and a line. */
export const personSourceKinds: Record<PersonSourceKindName, PersonSourceKind> = { recordio, tar, folder };

/**
 * Reads people's photos, however they are kept: a folder per person, a RecordIO set, a tar file.
 *
 * @throws SemblanceError PATH_NOT_FOUND; DATA_EMPTY; DATA_INVALID; DATA_CORRUPT
 * @example
 * ```ts
 * import { readPersonSource } from '@semblance/lab';
 *
 * const { kind, people, labels } = await readPersonSource('people');
 * console.log(kind, people); // folder [ 'ada', 'bob', 'eve' ]
 * console.log(labels.length, 'photos'); // 9 photos
 * ```
 */
export async function readPersonSource(path: string): Promise<PersonSource> {
  await statOrThrow(path);
  for (const kind of Object.values(personSourceKinds))
    if (await kind.recognises(path)) return kind.read(path);
  return folder.read(path); // says what was expected
}

/** Writes people's photos in another way of keeping them. */
export function writePersonSource(
  source: PersonSource,
  kind: PersonSourceKindName,
  out: string,
  options: WritePersonOptions = {},
): Promise<number> {
  return personSourceKinds[kind].write(source, out, options);
}
