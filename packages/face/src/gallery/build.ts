import { hashBytes, type ListedImage, writeJsonFile } from '@semblance/core/files';
import { requireGoodPhoto } from '../doctor/check-photo.ts';
import type { CheckMode } from '../doctor/photo-limits.ts';
import { SemblanceError } from '../error.ts';
import { readImageFile } from '../image/image-file.ts';
import type { DetectOptions } from '../models/detector.ts';
import { eachEncoded } from '../pipeline/each-photo.ts';
import { embedSubject } from '../pipeline/embed-subject.ts';
import { FacePipeline } from '../pipeline/pipeline.ts';
import type { FaceDetector, FaceRecognizer } from '../pipeline/stages.ts';
import type { BuildReport, BuildWarning, RefusedPhoto } from './build-report.ts';
import { type BuildModels, type Known, metaOf, openPart } from './build-sources.ts';
import { openTarget } from './build-target.ts';
import { ruleOf } from './meta.ts';
import type { GalleryKeys } from './sealing/key-source.ts';
import { CROP_QUALITY, type GalleryStore, type NewFace } from './store.ts';
import { estimateThreshold, type ThresholdOptions } from './threshold.ts';
import { twoNames } from './two-names.ts';

/** A person and their photos. */
export interface PhotosOfPerson {
  name: string;
  images: readonly ListedImage[];
}

export interface BuildOptions extends Pick<ThresholdOptions, 'fpir'> {
  /** Who is enrolled, with the photos of each; `readPersonFolders` of @semblance/lab reads a folder per person. */
  people: Iterable<PhotosOfPerson>;
  /** People of whom there is no photo: they are warned of. */
  withoutPhoto?: readonly string[];
  /** People whose photos cannot be read: they are refused like a photo. */
  unreadable?: readonly { name: string; error: SemblanceError }[];
  /** Photos that are nobody's: they are warned of. */
  loosePhotos?: readonly string[];
  /** What was not looked at, for the report. */
  leftOut?: BuildReport['leftOut'];
  /** Where the photos come from, for the report and for errors. */
  data: string;
  /** The gallery's folder, or `postgres://USER@HOST/DATABASE?collection=NAME`. */
  out: string;
  detector: FaceDetector & BuildModels['detector'];
  recognizer: FaceRecognizer & BuildModels['recognizer'];
  detect?: DetectOptions;
  /** Keeps each aligned face as a JPEG of some 8 kB (true); false also removes those of an earlier build, and of faces enrolled since. */
  keepCrops?: boolean;
  /** Faces of lower quality are refused (0: none). */
  minQuality?: number;
  /** How strictly photos are judged before they are enrolled (`off`); see `photoLimits` of the doctor. */
  check?: CheckMode;
  /** Decision threshold; estimated from the gallery if not given. */
  threshold?: number;
  /**
   * Where the keys of an encrypted gallery are; what the environment says if not given, see `galleryKeys`. A gallery that is
   * there already stays encrypted, or not; a new one is encrypted where there is a master key.
   */
  keys?: GalleryKeys | undefined;
  onProgress?(progress: { done: number; total: number; refused: number }): void;
}

/** Faces written in one transaction. */
const WRITE_BATCH = 64;

/**
 * Builds a gallery that mirrors the photos it is given: one face of each, see `chooseSubject`.
 *
 * Photos that cannot be used are refused with a code, and the build goes on. The gallery appears, or is replaced,
 * in one step at the end. A build over an earlier one embeds only photos with new content, and so does a build
 * that follows an interrupted one. Faces enrolled one by one since then are kept.
 *
 * @throws SemblanceError NO_FACE where no photo could be used; GALLERY_MODEL_MISMATCH
 *   where another recognizer's one-by-one enrolments would be lost; GALLERY_BUSY.
 * @example
 * ```ts
 * import { buildGallery, loadDetector, loadRecognizer } from '@semblance/face';
 * import { readPersonFolders } from '@semblance/lab';
 *
 * await using detector = await loadDetector('models/detector');
 * await using recognizer = await loadRecognizer('models/recognizer');
 * const { people } = await readPersonFolders('people');
 * const report = await buildGallery({ people, data: 'people', out: 'new-gallery', detector, recognizer });
 * console.log(report.subjects, report.faces, report.refused); // 3 9 []
 * ```
 */
export async function buildGallery(options: BuildOptions): Promise<BuildReport> {
  const startMs = performance.now();
  const photos = [...options.people].flatMap(({ name, images }) =>
    images.map((image) => ({ subject: name, image })),
  );
  const warnings: BuildWarning[] = (options.withoutPhoto ?? []).map((name) => ({
    kind: 'person_without_photo',
    message: `${name} has no photo`,
  }));
  for (const file of options.loosePhotos ?? []) {
    const message = `${file} lies beside the people’s folders and is nobody’s`;
    warnings.push({ kind: 'photo_beside_folders', file, message });
  }

  await using target = await openTarget(options.out, options);
  const { earlier } = target;
  const { store, resumed, like } = await openPart(target.partPath, options, target.finalPath);
  try {
    const counts = await enrolPhotos(options, photos, store, [earlier, resumed], warnings);
    await copyEnrolled(earlier, store, options.keepCrops ?? true);
    await copyProfiles(earlier, store);
    for (const negative of (await earlier.store?.negatives()) ?? []) await store.addNegative(negative);
    const faces = await Array.fromAsync(store.faces());
    if (faces.length === 0) throw nobodyEnrolled(options.data, counts.refused);

    const { fpir, recognizer } = options;
    // what strangers said of the gallery that was here holds for this one, at its size
    const before = fpir === undefined ? (await earlier.store?.readMeta())?.thresholdRule : undefined;
    const { calibration, far } = before ?? {};
    const rates = calibration || far ? { fpir: before?.fpir, far, calibration } : { fpir };
    const by = { ...rates, impostors: recognizer.impostors, fallback: recognizer.threshold };
    const isGiven = options.threshold !== undefined;
    const { threshold, basis, own } = isGiven
      ? { threshold: options.threshold!, basis: 'given', own: undefined }
      : estimateThreshold(faces, by);
    const rule = isGiven ? {} : { thresholdRule: ruleOf(by, faces.length, own) };
    const settings = earlier.settings ? { settings: earlier.settings } : {};
    await store.writeMeta({ ...metaOf(options), threshold, thresholdBasis: basis, ...rule, ...settings });
    warnings.push(...twoNames(faces, threshold));
    await store.close();
    await target.publish(faces.length, like ?? null);

    const report: BuildReport = {
      format: 'semblance-gallery-report/1',
      data: options.data,
      builtAt: new Date().toISOString(),
      durationMs: Math.round(performance.now() - startMs),
      subjects: new Set(faces.map(({ subject }) => subject)).size,
      faces: faces.length,
      photos: photos.length + (options.unreadable?.length ?? 0),
      ...counts,
      leftOut: options.leftOut ?? { system: 0, others: 0 },
      warnings,
      threshold,
      thresholdBasis: basis,
      modelId: options.recognizer.id,
      detectorId: options.detector.id,
    };
    if (target.reportPath !== null) await writeJsonFile(target.reportPath, report, 0o600);
    return report;
  } finally {
    await store.close();
  }
}

const unreadablePeople = ({ unreadable = [] }: BuildOptions): RefusedPhoto[] =>
  unreadable.map(({ name, error: { code, message } }) => ({ file: name, code, message }));

interface Photo {
  subject: string;
  image: ListedImage;
}

async function enrolPhotos(
  options: BuildOptions,
  photos: readonly Photo[],
  store: GalleryStore,
  sources: readonly Known[],
  warnings: BuildWarning[],
): Promise<{ embedded: number; reused: number; refused: RefusedPhoto[] }> {
  const counts = { embedded: 0, reused: 0, refused: unreadablePeople(options) };
  const { detector, recognizer, detect, keepCrops = true, minQuality, check = 'off' } = options;
  const pipeline = new FacePipeline({ detector, recognizer });
  const plan = { ...detect, ...(keepCrops ? { jpegQuality: CROP_QUALITY } : {}) };
  const fileOf = ({ subject, image }: Photo): string => `${subject}/${image.name}`;

  /** Embeds a photo unless its content was met before. */
  async function work(bytes: Uint8Array, photo: Photo) {
    const file = fileOf(photo);
    const contentHash = hashBytes(bytes);
    const common = { subject: photo.subject, source: file, contentHash, origin: 'build' as const };
    for (const source of sources) {
      const known = source.byHash.get(contentHash);
      if (!known) continue;
      const { id, embedding, quality } = known;
      const crop = keepCrops ? await source.store!.crop(id) : null;
      if (keepCrops && crop === null) continue; // made without the picture that is wanted now
      requireQuality(quality, minQuality, file);
      return { isReused: true, numFaces: 1, face: { ...common, embedding, quality, crop } };
    }
    const found = await embedSubject(pipeline, bytes, file, plan);
    const { numFaces, embedding, quality, jpeg } = found;
    requireQuality(quality.quality, minQuality, file);
    await requireGoodPhoto(found, check, file);
    const face = { ...common, embedding, quality: quality.quality, crop: jpeg };
    return { isReused: false, numFaces, face };
  }

  const firstWithContent = new Map<string, string>();
  const pending: NewFace[] = [];
  let done = 0;
  const read = ({ image }: Photo) => readImageFile(image.path);
  for await (const { photo, result, error } of eachEncoded(photos, read, work)) {
    const file = fileOf(photo);
    if (error) counts.refused.push({ file, code: error.code, message: error.message });
    else {
      const { face, numFaces, isReused } = result;
      const twin = firstWithContent.get(face.contentHash);
      if (twin)
        warnings.push({ kind: 'same_photo_twice', file, message: `${file} has the content of ${twin}` });
      firstWithContent.set(face.contentHash, file);
      if (numFaces > 1) {
        const message = `${file} shows ${numFaces} faces; the largest one near the center was used`;
        warnings.push({ kind: 'several_faces', file, message });
      }
      pending.push(face);
      if (isReused) counts.reused++;
      else counts.embedded++;
    }
    if (pending.length >= WRITE_BATCH) await store.addFaces(pending.splice(0));
    options.onProgress?.({ done: ++done, total: photos.length, refused: counts.refused.length });
  }
  await store.addFaces(pending);
  return counts;
}

function requireQuality(quality: number | null, least = 0, file = ''): void {
  if ((quality ?? 1) >= least) return;
  const message = `the face in ${file} has quality ${quality!.toFixed(2)}, below the required ${least}`;
  throw new SemblanceError('FACE_LOW_QUALITY', message);
}

/** Faces that people enrolled one by one are no copy of the folder: they stay, with their pictures if any are kept. */
async function copyEnrolled(
  { store: from, enrolled }: Known,
  to: GalleryStore,
  keepCrops: boolean,
): Promise<void> {
  for (const { id, ...face } of enrolled) {
    const [details] = (await from?.profiles?.ofFaces([id])) ?? [];
    const crop = keepCrops ? ((await from?.crop(id)) ?? null) : null;
    await to.addFaces([{ ...face, ...details, id: undefined, crop }]);
  }
}

/** What was said of people stays, unless their photos are gone and they with them. */
async function copyProfiles({ profiles }: Known, to: GalleryStore): Promise<void> {
  for (const { name, numFaces, createdAt, ...profile } of profiles) {
    const isThere = numFaces === 0 || (await to.profiles?.find({ name }));
    if (isThere) await to.profiles?.write(name, profile, createdAt);
  }
}

function nobodyEnrolled(data: string, refused: readonly RefusedPhoto[]): SemblanceError {
  const [first] = refused;
  const example = first ? `, for example ${first.file}: ${first.message}` : '';
  return new SemblanceError(
    'NO_FACE',
    `no photo in ${data} could be enrolled (${refused.length} refused${example})`,
  );
}
