import { readFile } from 'node:fs/promises';
import { statOrThrow } from '@semblance/core/files';
import { NumpyArray } from '@semblance/core/pickle';
import { SemblanceError } from '../../error.ts';
import { bytesOf, readPickle } from './pickle.ts';

/** Pairs of photos as insightface keeps them: `lfw.bin`, `cfp_fp.bin`, `agedb_30.bin`. */
export interface VerificationBin {
  /** 2N encoded photos: pair k is 2k and 2k + 1. */
  images: Uint8Array[];
  /** N times whether both show one person. */
  same: boolean[];
}

/**
 * Reads a verification set: a pickle of (list of 2N encoded photos, list of N booleans), in any protocol, of Python 2 or 3, with
 * photos as bytes or numpy arrays. It is parsed as data; nothing of it is executed.
 *
 * @throws SemblanceError PATH_NOT_FOUND; DATA_FORBIDDEN where the pickle asks for anything but bytes; DATA_INVALID; DATA_CORRUPT
 */
export async function readVerificationBin(path: string): Promise<VerificationBin> {
  await statOrThrow(path);
  return parseVerificationBin(await readFile(path), path);
}

/** {@link readVerificationBin} on bytes; `source` names them in errors. */
export function parseVerificationBin(bytes: Uint8Array, source = 'the set'): VerificationBin {
  const value = readPickle(bytes);
  if (!Array.isArray(value) || value.length !== 2) throw wrong(source, 'a pair of lists');
  const [images, same] = [value[0], booleansOf(value[1])];
  if (!Array.isArray(images) || same === null) throw wrong(source, 'a list of photos and a list of booleans');
  if (images.length !== 2 * same.length) {
    throw wrong(source, `two photos for each of ${same.length} booleans, not ${images.length}`);
  }
  return {
    same,
    images: images.map((image, i) => {
      const encoded = bytesOf(image);
      if (encoded) return encoded;
      throw wrong(source, `photo ${i} as bytes`);
    }),
  };
}

/** A list of booleans or of 0 and 1, or a numpy array of them. */
function booleansOf(value: unknown): boolean[] | null {
  const bytes = value instanceof NumpyArray ? bytesOf(value) : null;
  const list: unknown = bytes ? [...bytes] : value;
  if (!Array.isArray(list)) return null;
  return list.every((item) => typeof item === 'boolean' || item === 0 || item === 1)
    ? list.map(Boolean)
    : null;
}

function wrong(source: string, expected: string): SemblanceError {
  return new SemblanceError('DATA_INVALID', `${source}: expected ${expected}`);
}
