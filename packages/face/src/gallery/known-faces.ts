import { isSemblanceError, SemblanceError } from '../error.ts';
import { FaceSubjects } from './face-subjects.ts';
import { type IndexChoice, type MakeIndex, makerOf } from './index/choose-index.ts';
import { KeptIndex } from './index-file/kept-index.ts';
import { checkModel } from './meta.ts';
import { Negatives } from './negatives.ts';
import type { SubjectScore } from './settings.ts';
import type { GalleryMeta, GalleryStore, NewFace, StoreChanges } from './store.ts';
import type { VectorIndex } from './vector-index.ts';

/** How a gallery is searched. */
export interface GallerySearchOptions {
  /** What it is searched with; `exact` if not given. */
  index?: IndexChoice;
  /** How alike a subject is, in the place of what the gallery's settings say. */
  score?: SubjectScore;
}

/** What a gallery keeps in memory of its store: the index, and whose each face is. It follows what others change there. */
export class KnownFaces {
  readonly #store: GalleryStore;
  readonly #make: MakeIndex;
  readonly #kept: KeptIndex;
  #meta: GalleryMeta;
  #index: VectorIndex | undefined;
  #subjects = new FaceSubjects();
  #negatives = new Negatives([]);
  /** How often something was taken over that others changed. */
  numTakenOver = 0;
  /** Set while what others changed has not been taken over whole. */
  #isBehind = false;
  #isClosed = false;
  readonly #score: SubjectScore | undefined;

  private constructor(store: GalleryStore, meta: GalleryMeta, { index, score }: GallerySearchOptions) {
    this.#store = store;
    this.#meta = meta;
    this.#score = score;
    this.#make = makerOf(index);
    this.#kept = new KeptIndex(store);
  }

  /** @throws SemblanceError GALLERY_CORRUPT; GALLERY_MODEL_MISMATCH where it is not of the model that is given */
  static async load(
    store: GalleryStore,
    modelId?: string,
    options: GallerySearchOptions = {},
  ): Promise<KnownFaces> {
    const known = new KnownFaces(store, await readMeta(store, modelId), options);
    await known.#load();
    await known.readNegatives();
    return known;
  }

  get meta(): Readonly<GalleryMeta> {
    return this.#meta;
  }

  /** How alike a subject is. */
  get score(): SubjectScore {
    return this.#score ?? this.#meta.settings?.score ?? 'max';
  }

  get index(): VectorIndex {
    return this.#index!; // there is one once it is loaded
  }

  /** Whose each face is. */
  get subjects(): FaceSubjects {
    return this.#subjects;
  }

  /** Whose they are not. */
  get negatives(): Negatives {
    return this.#negatives;
  }

  /** To be called after every change that may move or take away negatives. */
  async readNegatives(): Promise<void> {
    this.#negatives = new Negatives(await this.#store.negatives());
  }

  add(ids: readonly number[], faces: readonly NewFace[]): void {
    ids.forEach((id, i) => {
      this.index.add(id, faces[i]!.embedding);
      this.#subjects.set(id, faces[i]!.subject);
    });
  }

  remove(ids: readonly number[]): void {
    for (const id of ids) {
      this.index.remove(id);
      this.#subjects.delete(id);
    }
  }

  rename(from: string, to: string): void {
    this.#subjects.rename(from, to);
  }

  async writeMeta(meta: GalleryMeta): Promise<void> {
    await this.#store.writeMeta(meta);
    this.#meta = meta;
  }

  /**
   * Takes over what others changed in the store.
   *
   * @throws SemblanceError GALLERY_NOT_FOUND where it is gone; GALLERY_MODEL_MISMATCH where one of another recognizer
   *   stands in its place
   */
  async follow(): Promise<void> {
    const changes = (await this.#store.changes?.()) ?? null;
    if (changes === null && !this.#isBehind) return;
    const isWhole = this.#isBehind || changes!.isReplaced;
    this.#isBehind = true;
    try {
      this.#meta = await readMeta(this.#store, this.#meta.modelId);
      if (isWhole) await this.#load();
      else await this.#takeOver(changes!);
      await this.readNegatives();
    } catch (error) {
      // whoever searches goes on with what is known: all of it is read once the database answers again
      if (isSemblanceError(error, 'GALLERY_UNREACHABLE')) return;
      throw error;
    }
    this.#isBehind = false;
    this.numTakenOver++;
  }

  close(): void {
    if (!this.#isBehind && !this.#isClosed) this.#kept.save(this.index);
    this.#isClosed = true;
    this.index.close();
  }

  async #load(): Promise<void> {
    const make = () => this.#make(this.#meta.embeddingSize, this.#store.embedding);
    let [index, subjects] = [await make(), new FaceSubjects()];
    if (!(await this.#kept.restore(index, subjects))) {
      index.close();
      [index, subjects] = [await make(), new FaceSubjects()];
      for await (const { id, subject, embedding } of this.#store.faces()) {
        index.add(id, embedding);
        subjects.set(id, subject);
      }
      this.#kept.save(index);
    }
    this.#index?.close();
    [this.#index, this.#subjects] = [index, subjects];
  }

  /** A face's embedding never changes: only what came is read. */
  async #takeOver({ subjectOf, changed }: StoreChanges): Promise<void> {
    const ids = changed ?? Array.from(this.#subjects.faces(), ({ id }) => id);
    this.remove(ids.filter((id) => !subjectOf.has(id)));
    const came: number[] = [];
    for (const [id, subject] of subjectOf) {
      if (this.#subjects.get(id) === undefined) came.push(id);
      else this.#subjects.set(id, subject);
    }
    for await (const face of this.#store.faces(came)) this.add([face.id], [face]);
  }
}

async function readMeta(store: GalleryStore, modelId: string | undefined): Promise<GalleryMeta> {
  const meta = await store.readMeta();
  if (meta?.format !== 'semblance-gallery/1') {
    throw new SemblanceError('GALLERY_CORRUPT', 'the gallery has no stored settings');
  }
  if (modelId !== undefined) checkModel(meta, modelId);
  return meta;
}
