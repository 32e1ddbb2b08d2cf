import type { ListedImage } from '@semblance/core/files';

/** The first photo of each person, named by both: several of one person would say the same thing again. */
export function onePhotoEach(
  people: readonly { name: string; images: readonly ListedImage[] }[],
): ListedImage[] {
  return people.flatMap(({ name, images }) =>
    images.slice(0, 1).map((image) => ({ ...image, name: `${name}/${image.name}` })),
  );
}
