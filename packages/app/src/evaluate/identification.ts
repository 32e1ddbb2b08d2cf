import {
  closedSetMetrics,
  createMemoryStore,
  estimateThreshold,
  Gallery,
  type ListedImage,
  openSetMetrics,
  type Person,
  type ProbeResult,
  SemblanceError,
  tpirAtFpir,
} from '@semblance/face';

/** People and photos of an identification test. */
export interface IdentificationPlan {
  /** Photos to enrol and photos to look up, by subject; `name` is unique over all. */
  enrolled: { subject: string; photo: ListedImage }[];
  probes: { subject: string; photo: ListedImage }[];
  /** Photos of people who are not enrolled, by person. */
  strangers: { subject: string; photo: ListedImage }[];
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
  { numEnrolled, minPhotos }: { numEnrolled: number; minPhotos: number },
): IdentificationPlan {
  const known = people.filter(({ images }) => images.length >= Math.max(minPhotos, numEnrolled + 1));
  if (known.length === 0) {
    throw new SemblanceError(
      'DATA_EMPTY',
      `nobody has ${Math.max(minPhotos, numEnrolled + 1)} photos or more`,
    );
  }
  const names = new Set(known.map(({ name }) => name));
  const photosOf = (person: Person) =>
    person.images.map(({ name, path }) => ({
      subject: person.name,
      photo: { name: `${person.name}/${name}`, path },
    }));
  return {
    enrolled: known.flatMap((person) => photosOf(person).slice(0, numEnrolled)),
    probes: known.flatMap((person) => photosOf(person).slice(numEnrolled)),
    strangers: others.filter(({ name }) => !names.has(name)).flatMap(photosOf),
  };
}

/** Looks every probe up and measures; probes without an embedding count as misses. */
export async function measureIdentification(
  { enrolled, probes, strangers }: IdentificationPlan,
  embeddings: ReadonlyMap<string, Float32Array>,
  fpirs: readonly number[],
) {
  const embeddingSize = embeddings.values().next().value?.length ?? 0;
  const gallery = await Gallery.inStore(createMemoryStore(), { modelId: 'evaluation', embeddingSize });
  const faces = enrolled.flatMap(({ subject, photo }) => {
    const embedding = embeddings.get(photo.name);
    return embedding ? [{ subject, embedding }] : [];
  });
  if (faces.length === 0) throw new SemblanceError('NO_FACE', 'no photo could be enrolled');
  await gallery.enrol(faces, 'evaluation');

  const search = async (subject: string | null, photo: ListedImage): Promise<ProbeResult> => {
    const embedding = embeddings.get(photo.name);
    return { subject, candidates: embedding ? await gallery.search(embedding, 20) : [] };
  };
  const mated = await Promise.all(probes.map(({ subject, photo }) => search(subject, photo)));
  const closed = closedSetMetrics(mated);
  const { threshold, basis } = estimateThreshold(faces);

  // thresholds are chosen on every other stranger and reported on the rest: no person is in both halves
  const people = [...new Set(strangers.map(({ subject }) => subject))];
  const isCalibration = new Map(people.map((name, i) => [name, i % 2 === 0]));
  const half = async (calibration: boolean): Promise<ProbeResult[]> =>
    Promise.all(
      strangers
        .filter(({ subject }) => isCalibration.get(subject) === calibration)
        .map(({ photo }) => search(null, photo)),
    );
  const calibration = await half(true);
  const test = await half(false);
  const openSet =
    calibration.length === 0 || test.length === 0
      ? null
      : {
          atFpir: tpirAtFpir([...mated, ...test], calibration, fpirs),
          atGalleryThreshold: openSetMetrics([...mated, ...test], threshold),
        };
  return {
    closed,
    openSet,
    threshold,
    thresholdBasis: basis,
    subjects: (await gallery.stats()).subjects,
    enrolledFaces: faces.length,
    strangers: people.length,
    strangerProbes: strangers.length,
  };
}
