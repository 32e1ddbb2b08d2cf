import { GalleryConfiguration } from './gallery-configuration.ts';
import { GalleryNames } from './gallery-names.ts';
import { GalleryNegatives } from './gallery-negatives.ts';
import { makeGallery, openGalleryStore } from './gallery-place.ts';
import { GalleryProfiles, removeKnown } from './gallery-profiles.ts';
import { type CalibrateOptions, type CalibrationReport, GalleryThreshold } from './gallery-threshold.ts';
import { type GallerySearchOptions, KnownFaces } from './known-faces.ts';
import { type CreateGalleryOptions, type GalleryStats, newMeta } from './meta.ts';
import { requireEnrollable } from './require-enrollable.ts';
import type { GalleryKeys } from './sealing/key-source.ts';
import { type SubjectHit, searchPeople } from './search-people.ts';
import type { GalleryMeta, GalleryStore, NewFace, StoredFace, SubjectInfo } from './store.ts';
import type { ThresholdEstimate, ThresholdOptions } from './threshold.ts';

export interface OpenGalleryOptions extends GallerySearchOptions {
  /** The recognizer it will be searched with: another one than it was built with is an error. */
  modelId?: string;
  readOnly?: boolean;
  /** Where the keys of an encrypted gallery are; what the environment says if not given, see `galleryKeys`. */
  keys?: GalleryKeys | undefined;
}

/**
 * The people a system knows: embeddings by subject, searched by cosine similarity.
 *
 * Embeddings are L2-normalised and of one recognizer; a subject's similarity is that of their most similar face, −1 to 1.
 *
 * @example
 * ```ts
 * import { FacePipeline, Gallery, loadDetector, loadRecognizer } from '@semblance/face';
 *
 * await using detector = await loadDetector('models/detector');
 * await using recognizer = await loadRecognizer('models/recognizer');
 * await using gallery = await Gallery.open('gallery', { modelId: recognizer.id });
 * const pipeline = new FacePipeline({ detector, recognizer });
 * const [face] = await pipeline.embed('people/ada/0.png');
 * const [best] = await gallery.search(face!.embedding, 1);
 * console.log(best!.subject, best!.similarity.toFixed(2)); // ada 1.00
 * ```
 */
export class Gallery {
  readonly #store: GalleryStore;
  readonly #known: KnownFaces;
  readonly #threshold: GalleryThreshold;
  /** What was said of faces that are not somebody's. */
  readonly negatives: GalleryNegatives;
  /** Merges and splits people, and undoes it. */
  readonly names: GalleryNames;
  /** What is known of subjects beside their faces. */
  readonly profiles: GalleryProfiles;
  /** What its owner set for it. */
  readonly configuration: GalleryConfiguration;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(store: GalleryStore, known: KnownFaces) {
    this.#store = store;
    this.#known = known;
    this.#threshold = new GalleryThreshold(known);
    const inTurn = <T>(action: () => Promise<T>): Promise<T> => this.#inTurn(action);
    this.negatives = new GalleryNegatives(store, known, inTurn);
    this.names = new GalleryNames(store, known, inTurn);
    this.profiles = new GalleryProfiles(store, known, inTurn);
    this.configuration = new GalleryConfiguration(known, inTurn);
  }

  /**
   * Makes an empty gallery in a new or empty folder, where it is encrypted if there is a master key (`galleryKeys`), or in
   * a PostgreSQL database.
   *
   * @param place the folder, or `postgres://USER@HOST/DATABASE?collection=NAME`
   * @throws SemblanceError GALLERY_EXISTS; GALLERY_KEY_MISSING, GALLERY_KEY_WRONG
   */
  static async create(place: string, options: CreateGalleryOptions): Promise<Gallery> {
    await makeGallery(place, newMeta(options), options.keys);
    return Gallery.open(place, { modelId: options.modelId, keys: options.keys });
  }

  /** Makes an empty gallery in a store of any driver. */
  static async inStore(store: GalleryStore, options: CreateGalleryOptions): Promise<Gallery> {
    await store.writeMeta(newMeta(options));
    return Gallery.fromStore(store);
  }

  /**
   * Opens a gallery.
   *
   * @param place its folder, the file in it, or `postgres://USER@HOST/DATABASE?collection=NAME`
   * @throws SemblanceError GALLERY_NOT_FOUND, GALLERY_CORRUPT, GALLERY_BUSY, GALLERY_MODEL_MISMATCH; GALLERY_KEY_MISSING,
   *   GALLERY_KEY_WRONG; GALLERY_UNREACHABLE, GALLERY_DENIED
   */
  static async open(
    place: string,
    { readOnly = false, keys, ...options }: OpenGalleryOptions = {},
  ): Promise<Gallery> {
    const store = await openGalleryStore(place, { readOnly, keys });
    try {
      return await Gallery.fromStore(store, options);
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  /** Loads the gallery that a store holds; the gallery closes the store. */
  static async fromStore(
    store: GalleryStore,
    { modelId, ...options }: Omit<OpenGalleryOptions, 'readOnly' | 'keys'> = {},
  ): Promise<Gallery> {
    return new Gallery(store, await KnownFaces.load(store, modelId, options));
  }

  get meta(): Readonly<GalleryMeta> {
    return this.#known.meta;
  }

  /** The recognizer whose embeddings it holds. */
  get modelId(): string {
    return this.meta.modelId;
  }

  /** Cosine similarity from which a face counts as known. */
  get threshold(): number {
    return this.meta.threshold;
  }

  /** Sets a threshold of one's own, which stays as the gallery changes. */
  setThreshold(threshold: number, basis = 'given'): Promise<void> {
    return this.#inTurn(() => this.#threshold.set(threshold, basis));
  }

  /** Finds the threshold by the gallery's people, see `estimateThreshold`, now and whenever it has grown or shrunk. */
  fitThreshold(by: ThresholdOptions): Promise<ThresholdEstimate> {
    return this.#inTurn(() => this.#threshold.fit(by));
  }

  /**
   * Finds the threshold at which a share of strangers is taken for somebody, and how sure that is; it stays, carried to the
   * gallery's size, as people come and go. By strangers, where they are given: they see the gallery as later ones will.
   *
   * @throws SemblanceError DATA_INVALID with fewer than 20 strangers, or 20 people of its own where none are given
   */
  calibrate(options: CalibrateOptions = {}): Promise<CalibrationReport> {
    return this.#inTurn(() => this.#threshold.calibrate(options));
  }

  /** The share of strangers who would be at least so similar to somebody here; null where nothing was measured. */
  falsePositiveRate(similarity: number): number | null {
    return this.#threshold.falsePositiveRate(similarity);
  }

  /**
   * Enrols faces, all or none; on the disk when the promise resolves.
   *
   * @param modelId the recognizer that made the embeddings
   * @returns the faces' ids
   * @throws SemblanceError GALLERY_MODEL_MISMATCH, DATA_INVALID for an embedding that is not a unit vector, no name, too much
   *   metadata; GALLERY_FULL; GALLERY_BUSY while a service or a build has the gallery; STORAGE_FULL and others of the disk
   */
  enrol(faces: readonly NewFace[], modelId: string): Promise<number[]> {
    return this.#inTurn(async () => {
      await requireEnrollable(this.#store, this.#known, faces, modelId);
      const ids = await this.#store.addFaces(faces);
      this.#known.add(ids, faces);
      await this.#threshold.follow();
      return ids;
    });
  }

  /**
   * The `k` people most like an embedding, each by their most similar face, by falling similarity; beside them, and not
   * counted, those whose it was said not to be (`isRefused`, see {@link negatives}).
   *
   * @param embedding L2-normalised
   * @throws SemblanceError GALLERY_MODEL_MISMATCH where its length is another than the gallery's.
   */
  async search(embedding: Float32Array, k = 1): Promise<SubjectHit[]> {
    return (await this.searchMany([embedding], k))[0]!;
  }

  /**
   * The same for several embeddings, in as few passes over the memory as there can be: 64 take little longer than ten do
   * one by one.
   *
   * @throws SemblanceError GALLERY_MODEL_MISMATCH where the length of one is another than the gallery's.
   */
  async searchMany(embeddings: readonly Float32Array[], k = 1): Promise<SubjectHit[][]> {
    await this.refresh();
    return searchPeople(this.#known, embeddings, k, (similarity) => this.falsePositiveRate(similarity));
  }

  /**
   * Takes over what other processes changed. Searching and changing do so by themselves; what is asked at once (`has`,
   * `faces`, `subjectOf`, `embedding`, `threshold`) is of the last time.
   *
   * @throws SemblanceError GALLERY_NOT_FOUND where the gallery is gone
   */
  refresh(): Promise<void> {
    return this.#inTurn(async () => {});
  }

  /** How often something was taken over: who keeps more than the gallery does knows by it when to read it again. */
  get numTakenOver(): number {
    return this.#known.numTakenOver;
  }

  /**
   * Removes a person with all faces; gives the number of faces.
   *
   * @throws SemblanceError GALLERY_SUBJECT_NOT_FOUND; GALLERY_BUSY
   */
  remove(subject: string): Promise<number> {
    return this.#inTurn(async () => this.#gone(await removeKnown(this.#store, subject)));
  }

  /** Removes faces by id; unknown ids are passed over. Gives the number that were there. */
  removeFaces(ids: readonly number[]): Promise<number> {
    return this.#inTurn(async () => this.#gone(await this.#store.removeFaces(ids)));
  }

  /** See {@link GalleryNames.rename}. */
  rename(from: string, to: string): Promise<number> {
    return this.names.rename(from, to);
  }

  /** Everybody, sorted by name. */
  subjects(): Promise<SubjectInfo[]> {
    return this.#store.subjects();
  }

  /** The id of every face with its subject, by rising id. */
  faces(): { id: number; subject: string }[] {
    return [...this.#known.subjects.faces()];
  }

  /** The ids of a subject's faces, by rising id; none where there is no such subject. */
  facesOf(subject: string): number[] {
    return this.#known.subjects.facesOf(subject);
  }

  /** Every face as it is stored, by rising id; or those of these ids that are there. */
  stored(ids?: readonly number[]): AsyncIterable<StoredFace> {
    return this.#store.faces(ids);
  }

  /** Whether a subject of that name has a face here. */
  has(subject: string): boolean {
    return this.#known.subjects.has(subject);
  }

  /** Whose face it is; null where there is no such face. */
  subjectOf(faceId: number): string | null {
    return this.#known.subjects.get(faceId) ?? null;
  }

  /** A face's embedding; null where there is no such face. */
  embedding(faceId: number): Float32Array | null {
    return this.#known.index.get(faceId);
  }

  /** The aligned face that was enrolled, as JPEG; null where none was kept. */
  crop(faceId: number): Promise<Uint8Array | null> {
    return this.#store.crop(faceId);
  }

  async stats(): Promise<GalleryStats> {
    await this.refresh();
    const { embeddingSize, threshold, modelId } = this.meta;
    const { numSubjects: subjects, size: faces } = this.#known.subjects;
    return { subjects, faces, embeddingSize, threshold, modelId };
  }

  close(): Promise<void> {
    this.#known.close();
    return this.#store.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Takes over that faces were removed; gives their number. */
  async #gone(ids: readonly number[]): Promise<number> {
    this.#known.remove(ids);
    await this.#known.readNegatives();
    await this.#threshold.follow();
    return ids.length;
  }

  /** One after the other, and each on what is in the store by then. */
  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(() => this.#known.follow()).then(action);
    this.#last = turn.catch(() => {}); // said to whoever asked
    return turn;
  }
}
