import type { ListedImage } from '@semblance/core/files';
import type { Person } from '../datasets/person-folders.ts';
import { SemblanceError } from '../error.ts';

/** One embedding of the test: that of a photo, or of several as an IJB template. */
export interface Template {
  subject: string;
  photos: { photo: ListedImage; medium: string }[];
}

/** People and photos of an identification test. A photo's `name` is unique over all. */
export interface IdentificationPlan {
  enrolled: Template[];
  /** Of people who are enrolled. */
  probes: Template[];
  /** Of people who are not. */
  strangers: Template[];
}

export interface PlanOptions {
  /** Photos of each person to enrol. */
  numEnrolled: number;
  /** People with fewer photos are left out. */
  minPhotos: number;
  /** Makes one template of a person's enrolled photos (false). */
  isPooled?: boolean;
}

/**
 * Plans the test: of each person with at least `minPhotos` the first `numEnrolled` photos, by name, are enrolled
 * and the rest are probes. Everybody else among `others` is a stranger.
 *
 * @throws SemblanceError DATA_EMPTY where nobody has a photo left to probe with.
 */
export function planIdentification(
  people: readonly Person[],
  others: readonly Person[],
  { numEnrolled, minPhotos, isPooled = false }: PlanOptions,
): IdentificationPlan {
  const known = people.filter(({ images }) => images.length >= Math.max(minPhotos, numEnrolled + 1));
  if (known.length === 0) {
    throw new SemblanceError(
      'DATA_EMPTY',
      `nobody has at least ${Math.max(minPhotos, numEnrolled + 1)} photos`,
    );
  }
  const names = new Set(known.map(({ name }) => name));
  const templatesOf = (person: Person): Template[] =>
    person.images.map(({ name, path }) => {
      const photo = { name: `${person.name}/${name}`, path };
      return { subject: person.name, photos: [{ photo, medium: photo.name }] };
    });
  const enrolledOf = (person: Person): Template[] => {
    const single = templatesOf(person).slice(0, numEnrolled);
    return isPooled ? [{ subject: person.name, photos: single.flatMap(({ photos }) => photos) }] : single;
  };
  return {
    enrolled: known.flatMap(enrolledOf),
    probes: known.flatMap((person) => templatesOf(person).slice(numEnrolled)),
    strangers: others.filter(({ name }) => !names.has(name)).flatMap(templatesOf),
  };
}

/** Every photo of the test, once. */
export function photosOfPlan({ enrolled, probes, strangers }: IdentificationPlan): ListedImage[] {
  const photos = [...enrolled, ...probes, ...strangers].flatMap((template) =>
    template.photos.map(({ photo }) => photo),
  );
  return [...new Map(photos.map((photo) => [photo.name, photo])).values()];
}
