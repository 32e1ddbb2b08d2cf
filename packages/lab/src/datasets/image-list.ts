import type { ListedFiles } from './image-lists/files.ts';
import type { ListedMembers } from './image-lists/members.ts';
import type { ListedRecords } from './image-lists/records.ts';

/** Encoded photos by index, as plain data: it crosses to worker threads, where {@link openImages} opens it again. */
export type ImageList = ListedFiles | ListedRecords | ListedMembers;

/** Photos that can be read at random, any number at a time. */
export interface OpenImages {
  readonly length: number;
  /** Name within the set, with `/` on every system: a path, or the key of a record. */
  name(index: number): string;
  /** How messages call the photo. */
  label(index: number): string;
  /**
   * The encoded photo.
   *
   * @throws SemblanceError PATH_NOT_FOUND, DATA_CORRUPT, IMAGE_TOO_LARGE
   */
  read(index: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** One way to keep photos: a file in `image-lists/`, a line in its table. */
export interface ImageListKind<L extends ImageList> {
  length(list: L): number;
  open(list: L): OpenImages;
  /** The photos at these indices, in this order. */
  select(list: L, indices: ArrayLike<number>): L;
}
