import { createMemoryStore, estimateThreshold, Gallery } from '@semblance/face/gallery';
import type { ImpostorCurve } from '@semblance/face/models';
import type { Threshold } from '@semblance/face/pipeline';
import { SemblanceError } from '../error.ts';
import { closedSetMetrics, openSetMetrics, thresholdAtFpir } from '../metrics/identification.ts';
import { type GroupIdentification, identificationByGroup } from '../metrics/identification-groups.ts';
import { identificationIntervals, type ProbeOfPerson } from '../metrics/identification-intervals.ts';
import { templateEmbedding } from '../metrics/templates.ts';
import type { Attributes } from './attributes.ts';
import type { IdentificationPlan, Template } from './identification-plan.ts';

/** Embeddings and their weights in templates, by the photo's name. */
export interface Embedded {
  embeddings: ReadonlyMap<string, Float32Array>;
  weights: ReadonlyMap<string, number>;
  /** The recognizer's own threshold: where too few people are enrolled, it is what `gallery build` would take. */
  threshold?: Threshold | null;
  /** How alike the recognizer finds different people: the same is taken from it as `gallery build` would take. */
  impostors?: ImpostorCurve | null;
}

/** A probe, what was found, and its first photo's name. */
export interface LookedUp extends ProbeOfPerson {
  photo: string;
}

export type IdentificationResult = Awaited<ReturnType<typeof measureIdentification>>['result'];

/**
 * Looks every probe up among the enrolled and measures closed-set and open-set identification; probes without an
 * embedding count as misses.
 *
 * Thresholds are chosen on every other stranger and reported on the rest.
 *
 * @param fpirs false-positive identification rates, 0 to 1, at which the true-positive rate is reported
 * @throws SemblanceError NO_FACE where nobody could be enrolled
 * @example
 * ```ts
 * import { measureIdentification, readPersonFolders } from '@semblance/lab';
 * import { photosOfPlan, planIdentification } from '@semblance/lab/evaluate';
 *
 * const { people } = await readPersonFolders('people');
 * const plan = planIdentification(people, [], { numEnrolled: 1, minPhotos: 2 });
 * // embeddings by the photo's name: `embedPhotos` computes them
 * const of = { ada: Float32Array.of(1, 0, 0), bob: Float32Array.of(0, 1, 0), eve: Float32Array.of(0, 0, 1) };
 * const photos = photosOfPlan(plan).map(({ name }) => name);
 * const embeddings = new Map(photos.map((name) => [name, of[name.split('/')[0] as 'ada']]));
 * const weights = new Map(photos.map((name) => [name, 1]));
 * const { result } = await measureIdentification(plan, { embeddings, weights }, [0.1]);
 * console.log(result.rank1, result.probes); // 1 6
 * ```
 */
export async function measureIdentification(
  { enrolled, probes, strangers }: IdentificationPlan,
  embedded: Embedded,
  fpirs: readonly number[],
  attributes: Attributes | null = null,
) {
  const embeddingSize = embedded.embeddings.values().next().value?.length ?? 0;
  const gallery = await Gallery.inStore(createMemoryStore(), { modelId: 'evaluation', embeddingSize });
  const faces = enrolled.flatMap((template) => {
    const embedding = embeddingOf(template, embedded);
    return embedding ? [{ subject: template.subject, embedding }] : [];
  });
  if (faces.length === 0) throw new SemblanceError('NO_FACE', 'no photo could be enrolled');
  await gallery.enrol(faces, 'evaluation');

  const lookUp = (templates: readonly Template[], isMated: boolean): Promise<LookedUp[]> =>
    Promise.all(
      templates.map(async (template) => {
        const embedding = embeddingOf(template, embedded);
        return {
          subject: isMated ? template.subject : null,
          person: template.subject,
          photo: template.photos[0]!.photo.name,
          candidates: embedding ? await gallery.search(embedding, 20) : [],
        };
      }),
    );
  const mated = await lookUp(probes, true);
  const nonMated = await lookUp(strangers, false);
  // thresholds are chosen on every other stranger and reported on the rest: no person is in both halves
  const people = [...new Set(strangers.map(({ subject }) => subject))];
  const isChosenOn = new Map(people.map((name, i) => [name, i % 2 === 0]));
  const calibration = nonMated.filter(({ person }) => isChosenOn.get(person));
  const test = [...mated, ...nonMated.filter(({ person }) => !isChosenOn.get(person))];
  const hasStrangers = calibration.length > 0 && test.length > mated.length;

  const closed = closedSetMetrics(mated);
  const intervals = identificationIntervals(test, calibration, hasStrangers ? fpirs : []);
  const { threshold, basis } = estimateThreshold(faces, {
    impostors: embedded.impostors,
    fallback: embedded.threshold,
  });
  const atFpir = hasStrangers
    ? fpirs.map((fpir) => {
        const metrics = openSetMetrics(test, thresholdAtFpir(calibration, fpir));
        const { tpir, fpir: found } = intervals.atFpir[String(fpir)]!;
        const own = {
          tpirInterval: tpir ?? metrics.tpirInterval,
          fpirInterval: found ?? metrics.fpirInterval,
        };
        return [String(fpir), { ...metrics, ...own }] as const;
      })
    : [];
  const strictest = atFpir.at(-1)?.[1].threshold ?? threshold;
  const groups = attributes && groupsOf(test, attributes, strictest);
  const result = {
    rank1: closed.rank1,
    rank1Interval: intervals.rank1 ?? closed.rank1Interval,
    cmc: closed.cmc,
    probes: closed.probes,
    tpirAtFpir: Object.fromEntries(atFpir.map(([fpir, { tpir }]) => [fpir, tpir])),
    openSet: hasStrangers
      ? { atFpir: Object.fromEntries(atFpir), atGalleryThreshold: openSetMetrics(test, threshold) }
      : null,
    ...(groups ? { groups, groupsThreshold: strictest } : {}),
    threshold,
    thresholdBasis: basis,
    subjects: (await gallery.stats()).subjects,
    enrolledFaces: faces.length,
    strangers: people.length,
    strangerProbes: strangers.length,
  };
  return { result, looked: test };
}

/** The photo's embedding, or the template's over the photos that gave one; null where none did. */
function embeddingOf({ photos }: Template, { embeddings, weights }: Embedded): Float32Array | null {
  const faces = photos.flatMap(({ photo, medium }) => {
    const embedding = embeddings.get(photo.name);
    return embedding ? [{ medium, embedding, weight: weights.get(photo.name) ?? 1 }] : [];
  });
  if (faces.length === 0) return null;
  return photos.length === 1 ? faces[0]!.embedding : templateEmbedding(faces);
}

/** The embeddings of templates by name; those of whose photos none gave one are left out. */
export function embeddingsOf(
  templates: ReadonlyMap<string, Template>,
  embedded: Embedded,
): Map<string, Float32Array> {
  const found = [...templates].flatMap(([name, template]) => {
    const embedding = embeddingOf(template, embedded);
    return embedding ? [[name, embedding] as const] : [];
  });
  return new Map(found);
}

/** A photo of each template, by the template's name. */
export const firstPhotos = (templates: ReadonlyMap<string, Template>): { name: string; path: string }[] =>
  [...templates].map(([name, { photos }]) => ({ name, path: photos[0]!.photo.path }));

function groupsOf(
  probes: readonly LookedUp[],
  attributes: Attributes,
  threshold: number,
): Record<string, GroupIdentification[]> {
  return Object.fromEntries(
    attributes.names.map((name) => {
      const groups = probes.map(({ photo }) => attributes.valueOf(photo, name));
      return [name, identificationByGroup(probes, groups, threshold)];
    }),
  );
}
