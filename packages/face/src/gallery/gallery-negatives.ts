import { checkFace, noSubject } from './check-face.ts';
import type { KnownFaces } from './known-faces.ts';
import { checkModel } from './meta.ts';
import type { GalleryStore, NewNegative, StoredNegative } from './store.ts';

/** What was said of faces that are not somebody's, of one gallery. */
export class GalleryNegatives {
  readonly #store: GalleryStore;
  readonly #known: KnownFaces;
  readonly #inTurn: <T>(action: () => Promise<T>) => Promise<T>;

  /** @param inTurn does an action when it is its turn among the gallery's changes */
  constructor(store: GalleryStore, known: KnownFaces, inTurn: <T>(action: () => Promise<T>) => Promise<T>) {
    this.#store = store;
    this.#known = known;
    this.#inTurn = inTurn;
  }

  /**
   * Remembers that a face is not a subject's: faces more like it than like any of the subject's own are theirs no more.
   *
   * @param negative its embedding is L2-normalised
   * @param modelId the recognizer that made it
   * @returns the id, for {@link remove}
   * @throws SemblanceError GALLERY_SUBJECT_NOT_FOUND; GALLERY_MODEL_MISMATCH, DATA_INVALID for the embedding; GALLERY_BUSY
   */
  add(negative: NewNegative, modelId: string): Promise<number> {
    return this.#inTurn(async () => {
      checkModel(this.#known.meta, modelId);
      checkFace(negative, this.#known.meta.embeddingSize);
      const id = await this.#store.addNegative(negative);
      if (id === null) throw noSubject(negative.subject);
      await this.#known.readNegatives();
      return id;
    });
  }

  /** Takes back that a face is not a subject's; whether that was known. */
  remove(id: number): Promise<boolean> {
    return this.#inTurn(async () => {
      const wasThere = await this.#store.removeNegative(id);
      await this.#known.readNegatives();
      return wasThere;
    });
  }

  /** All of them, by rising id. */
  list(): Promise<StoredNegative[]> {
    return this.#store.negatives();
  }
}
