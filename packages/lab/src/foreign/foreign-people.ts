import { normalized } from '@semblance/core/vector';
import { SemblanceError } from '../error.ts';

/** A face as another system keeps it. */
export interface ForeignFace {
  subject: string;
  /** What it is called there. */
  source: string | null;
  /** The photo, or the face that was cut from it, as a file; null where there is none. */
  picture: Uint8Array | null;
  /** A unit vector of that system's model; null where there is none. */
  embedding: Float32Array | null;
}

/** Groups of people that a system keeps apart: the same name in two of them need not be the same person. */
export type ReadForeign = (path: string, collection: string | undefined) => AsyncIterable<ForeignFace>;

/** A unit vector of what a system has written; null of nothing. @throws SemblanceError DATA_INVALID */
export function unitVector(values: ArrayLike<number>, name: string): Float32Array | null {
  if (values.length === 0) return null;
  const vector = Float32Array.from(values);
  if (vector.some((value) => !Number.isFinite(value)) || vector.every((value) => value === 0))
    throw new SemblanceError('DATA_INVALID', `the embedding of ${name} is no vector of numbers`);
  return normalized(vector);
}

/**
 * The one collection that is meant.
 *
 * @param there the names of those there are, by their ids
 * @throws SemblanceError USAGE_MISSING_ARGUMENT where there are several and none is named; USAGE_INVALID_VALUE for one that is not
 */
export function chosenCollection(
  there: ReadonlyMap<string, string>,
  wanted: string | undefined,
): string | null {
  const listed = [...there].map(([id, name]) => (name === id ? id : `${id} (${name})`)).join(', ');
  if (wanted === undefined) {
    if (there.size <= 1) return [...there.keys()][0] ?? null;
    throw new SemblanceError('USAGE_MISSING_ARGUMENT', `which one? --collection takes one of ${listed}`);
  }
  for (const [id, name] of there) if (wanted === id || wanted === name) return id;
  throw new SemblanceError(
    'USAGE_INVALID_VALUE',
    `there is no collection ${wanted}: there are ${listed || 'none'}`,
  );
}
