import { exists, hasImageName, safeRelativePath } from '@semblance/core/files';
import { asPhotoError, sniffImage } from '@semblance/face/image';
import { SemblanceError } from '../../error.ts';
import type { OpenImages } from '../image-list.ts';
import type { PersonSource } from '../person-source.ts';

const extensions: Record<string, string> = { jpeg: 'jpg', tiff: 'tif', heif: 'heic' };

/** @throws SemblanceError PATH_EXISTS: data is never written over data. */
export async function assertAbsent(path: string): Promise<void> {
  if (await exists(path))
    throw new SemblanceError('PATH_EXISTS', `${path} exists already: choose another place`);
}

/** The encoded photo, or null where it cannot be read, which is told of; other errors are thrown on. */
export async function readOrRefuse(
  images: OpenImages,
  index: number,
  onRefused: (name: string, reason: string) => void = () => {},
): Promise<Uint8Array | null> {
  try {
    return await images.read(index);
  } catch (error) {
    onRefused(images.label(index), asPhotoError(error).message);
    return null;
  }
}

/**
 * A name `person/photo.ext` for each photo of a source: its own where it has one, below the person's; the kind of picture
 * as extension where the name says none; a number behind a name that was taken.
 *
 * The function it gives throws SemblanceError PATH_OUTSIDE_ROOT where a name would leave the folder.
 */
export function photoNames(source: PersonSource): (index: number, name: string, bytes: Uint8Array) => string {
  const taken = new Set<string>();
  return (index, name, bytes) => {
    const person = source.people[source.labels[index]!]!;
    const own = name.startsWith(`${person}/`) ? name.slice(person.length + 1) : name.split('/').at(-1)!;
    const kind = sniffImage(bytes);
    // what is no picture stays one by its name, so that whoever reads the set is told of it
    const ending = kind === null ? 'jpg' : (extensions[kind] ?? kind);
    const full = `${person}/${hasImageName(own.split('/').at(-1)!) ? own : `${own}.${ending}`}`;
    let unique = full;
    for (let n = 2; taken.has(unique.toLowerCase()); n++) unique = full.replace(/(\.[^./]*)$/, `-${n}$1`);
    taken.add(unique.toLowerCase());
    return safeRelativePath(unique);
  };
}
