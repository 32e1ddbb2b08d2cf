import { basename } from 'node:path';
import { cacheFolder, type Env } from '@semblance/core';
import { hashBytes } from '@semblance/core/files';
import { SemblanceError } from '../error.ts';
import type { Gallery } from '../gallery/gallery.ts';
import { isGalleryAt } from '../gallery/gallery-place.ts';
import { requireFreeGallery } from '../gallery/lock.ts';
import { CROP_QUALITY } from '../gallery/store.ts';
import { readImageFile } from '../image/image-file.ts';
import type { DetectOptions, Detector } from '../models/detector.ts';
import type { Recognizer } from '../models/recognizer.ts';
import { FacePipeline, type RecognizedFace, type RecognizeOptions } from '../pipeline/pipeline.ts';
import type { PictureSource } from '../pipeline/stages.ts';
import { chooseThreshold, type Threshold } from '../pipeline/threshold.ts';
import { chooseFace } from './choose-face.ts';
import { type Enrolment, type EnrolOptions, embedPerson } from './enrol.ts';
import { openFaceCache } from './face-cache.ts';
import { type Findings, findPerson } from './find.ts';
import { type OpenParts, openOrCreate, openParts, type SemblanceOptions } from './open-parts.ts';
import { type NumberedFace, numberFaces, type Verification, verifyFaces } from './verify.ts';

/** Options of what compares faces. */
export interface CompareOptions extends DetectOptions {
  /** Cosine from which two faces count as one person's; the gallery's, the recognizer's or a default, if not given. */
  threshold?: number | undefined;
}

export interface FindPersonOptions extends CompareOptions {
  /** The face of the photo that is looked for, 1 for the leftmost; the largest, most central one if not given. */
  face?: number | undefined;
  /** Where faces are kept between calls (`~/.cache/semblance`); null for nowhere. */
  cache?: string | null | undefined;
  onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * All that an everyday program needs, in one object: models by name, a gallery, and what is asked of them.
 *
 * @example
 * ```ts
 * import { Semblance } from '@semblance/face';
 *
 * const models = { detector: 'models/detector', recognizer: 'models/recognizer' };
 * await using semblance = await Semblance.open({ ...models, gallery: 'gallery' });
 * await semblance.enrol('Ada', ['people/ada/0.png', 'people/ada/6.png']);
 * for (const { match, box } of await semblance.recognize('photo.jpg')) console.log(match?.subject ?? 'unknown', box);
 * const { isSame } = await semblance.verify('people/ada/0.png', 'people/ada/12.png');
 * const { photos } = await semblance.find('people/ada/0.png', 'photos', { cache: null });
 * console.log(isSame, photos.map(({ path }) => path)); // true [ …ada.png' ]
 * ```
 */
export class Semblance {
  readonly detector: Detector;
  readonly recognizer: Recognizer;
  readonly #place: string | null;
  readonly #env: Env;
  #gallery: Gallery | null;
  #pipeline: FacePipeline;

  private constructor(parts: Omit<OpenParts, 'place'>, place: string | null, env: Env) {
    this.detector = parts.detector;
    this.recognizer = parts.recognizer;
    this.#gallery = parts.gallery;
    this.#pipeline = new FacePipeline(parts);
    this.#place = place;
    this.#env = env;
  }

  /**
   * Loads the models and opens the gallery.
   *
   * @throws SemblanceError MODEL_NOT_CHOSEN, MODEL_NOT_FOUND, MODEL_NO_LANDMARKS; GALLERY_MODEL_MISMATCH and others of
   *   opening galleries; GALLERY_NOT_FOUND with `readOnly`
   */
  static async open(options: SemblanceOptions = {}): Promise<Semblance> {
    const { place, ...parts } = await openParts(options);
    return new Semblance(parts, place, options.env ?? process.env);
  }

  /** The people it knows; null where no gallery was given, or it is not there yet. */
  get gallery(): Gallery | null {
    return this.#gallery;
  }

  /** The similarity from which two faces count as one person's, see `chooseThreshold`. */
  threshold(given?: number): Threshold {
    return chooseThreshold({
      given,
      gallery: this.#gallery?.threshold,
      recognizer: this.recognizer.threshold,
      impostors: this.recognizer.impostors,
    });
  }

  /** Says who is in a photo: each face with its match, or with the reason why it has none. */
  async recognize(photo: PictureSource, options: RecognizeOptions = {}): Promise<RecognizedFace[]> {
    // one that another process has made since
    if (this.#gallery === null && this.#place !== null && (await isGalleryAt(this.#place)))
      await this.#openGallery();
    return this.#pipeline.recognize(photo, options);
  }

  /** The faces of a photo with their embeddings, from left to right. */
  async faces(photo: PictureSource, options: DetectOptions = {}): Promise<NumberedFace[]> {
    return numberFaces(await this.#pipeline.embed(photo, options));
  }

  /**
   * Whether two photos show one person: every face of one is held against every face of the other.
   *
   * @throws SemblanceError NO_FACE where one of them shows none; those of opening photos
   */
  async verify(a: PictureSource, b: PictureSource, options: CompareOptions = {}): Promise<Verification> {
    const { threshold, ...detect } = options;
    return verifyFaces(await this.faces(a, detect), await this.faces(b, detect), this.threshold(threshold));
  }

  /**
   * Enrols a person by photos, of each the largest, most central face; makes the gallery where it is not there yet.
   *
   * @throws SemblanceError GALLERY_NOT_FOUND where no gallery was given; GALLERY_BUSY while a service or a build has it;
   *   the error of the first photo where none of them can be used
   */
  async enrol(
    subject: string,
    photos: PictureSource | readonly PictureSource[],
    options: EnrolOptions = {},
  ): Promise<Enrolment> {
    const sources = isSource(photos) ? [photos] : photos;
    if (this.#place !== null) requireFreeGallery(this.#place);
    const { faces, refused } = await embedPerson(this.#pipeline, subject, sources, options);
    const gallery = await this.#openGallery();
    return { subject, ids: await gallery.enrol(faces, this.recognizer.id), refused };
  }

  /**
   * Remembers that a face is not a person's: it, and what is more like it than like any photo they were enrolled with, is
   * not taken for them again.
   *
   * @returns the id to take it back by, see `Gallery.negatives`
   * @throws SemblanceError GALLERY_NOT_FOUND where there is no gallery; GALLERY_SUBJECT_NOT_FOUND; GALLERY_BUSY; NO_FACE;
   *   USAGE_INVALID_VALUE for a number that no face has
   */
  async reject(
    subject: string,
    photo: PictureSource,
    { face: number, ...detect }: Pick<FindPersonOptions, 'face'> & DetectOptions = {},
  ): Promise<number> {
    if (this.#gallery === null) throw new SemblanceError('GALLERY_NOT_FOUND', 'there is no gallery yet');
    if (this.#place !== null) requireFreeGallery(this.#place);
    const plan = { ...detect, jpegQuality: CROP_QUALITY };
    const picture = typeof photo === 'string' ? await readImageFile(photo) : photo;
    const { embedding, jpeg } = await chooseFace(this.#pipeline, picture, number, plan);
    const negative = {
      ...{ subject, embedding, crop: jpeg },
      source: typeof photo === 'string' ? basename(photo) : null,
      contentHash: picture instanceof Uint8Array ? hashBytes(picture) : null,
    };
    return this.#gallery.negatives.add(negative, this.recognizer.id);
  }

  /**
   * The photos of a folder that show the person of a photo. Faces are kept by content, so that the next search of the
   * folder takes no time.
   *
   * @throws SemblanceError NO_FACE, PATH_NOT_FOUND, DATA_EMPTY; USAGE_INVALID_VALUE for a number that no face has
   */
  async find(photo: PictureSource, folder: string, options: FindPersonOptions = {}): Promise<Findings> {
    const { threshold, face, cache: dir, onProgress, ...detect } = options;
    const { embedding } = await chooseFace(this.#pipeline, photo, face, detect);
    const cache = dir === null ? null : openFaceCache(dir ?? cacheFolder(this.#env));
    try {
      return await findPerson({
        ...{ folder, embedding, threshold: this.threshold(threshold), cache, onProgress },
        embed: (bytes) => this.faces(bytes, detect),
        cacheKey: `${this.detector.id} ${this.recognizer.id} ${JSON.stringify(detect)}`,
      });
    } finally {
      cache?.close();
    }
  }

  /** Gives the networks' memory back and closes the gallery. */
  async close(): Promise<void> {
    await this.#gallery?.close();
    await this.detector.close();
    await this.recognizer.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #openGallery(): Promise<Gallery> {
    if (this.#gallery) return this.#gallery;
    if (this.#place === null)
      throw new SemblanceError('GALLERY_NOT_FOUND', 'nobody can be enrolled: no gallery was given');
    this.#gallery = await openOrCreate(this.#place, this, this.#env);
    this.#pipeline = new FacePipeline({
      detector: this.detector,
      recognizer: this.recognizer,
      gallery: this.#gallery,
    });
    return this.#gallery;
  }
}

const isSource = (value: PictureSource | readonly PictureSource[]): value is PictureSource =>
  !Array.isArray(value);
