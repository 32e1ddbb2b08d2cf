import type { ImageList, ImageListKind, OpenImages } from '../image-list.ts';
import { files } from './files.ts';
import { members } from './members.ts';
import { records } from './records.ts';

/** Every way to keep photos: adding one is adding a file and a line. */
const kinds: { [K in ImageList['kind']]: ImageListKind<Extract<ImageList, { kind: K }>> } = {
  files,
  records,
  members,
};

const kindOf = (list: ImageList): ImageListKind<ImageList> => kinds[list.kind] as ImageListKind<ImageList>;

/** Opens photos for reading; each thread opens its own. */
export const openImages = (list: ImageList): OpenImages => kindOf(list).open(list);

/** The photos at these indices, in this order, without reading one. */
export const selectImages = (list: ImageList, indices: ArrayLike<number>): ImageList =>
  kindOf(list).select(list, indices);

/** Number of photos. */
export const countImages = (list: ImageList): number => kindOf(list).length(list);
