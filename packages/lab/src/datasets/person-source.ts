import type { ImageList } from './image-list.ts';

/** Photos that are known to show certain people: what recognition is trained on, however it is kept. */
export interface PersonSource {
  /** As in the table of kinds. */
  kind: PersonSourceKindName;
  /** What was read, absolute. */
  path: string;
  /** Names by label. */
  people: readonly string[];
  images: ImageList;
  /** Person of each image, 0 … people − 1; each person has one at least. */
  labels: Int32Array;
  /** What is odd about the set and does no harm: folders without a photo, people without records. */
  notes: readonly string[];
  /** One hash of the content; it does not depend on where the set lies. */
  fingerprint(): Promise<string>;
}

export type PersonSourceKindName = 'folder' | 'recordio' | 'tar';

export interface WritePersonOptions {
  onProgress?: (done: number, total: number) => void;
  /** Told of photos that are left out, with the reason. */
  onRefused?: (name: string, reason: string) => void;
}

/** One way to keep people's photos: a file in `person-sources/`, a line in its table. */
export interface PersonSourceKind {
  /** Whether the path looks like one. */
  recognises(path: string): Promise<boolean>;
  read(path: string): Promise<PersonSource>;
  /**
   * Writes the photos as they are encoded to a place where nothing is yet.
   *
   * @returns how many photos were written
   * @throws SemblanceError PATH_EXISTS
   */
  write(source: PersonSource, out: string, options: WritePersonOptions): Promise<number>;
}

/** Sets beyond this many photos are identified by their names alone: to read them whole would take hours. */
export const MOST_HASHED_IMAGES = 200_000;
