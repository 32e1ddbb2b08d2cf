import type { KnownFaces } from './known-faces.ts';
import { changedSettings, type GallerySettings, type SettingsChange, type SubjectScore } from './settings.ts';

/** What its owner set for a gallery. */
export class GalleryConfiguration {
  readonly #known: KnownFaces;
  readonly #inTurn: <T>(action: () => Promise<T>) => Promise<T>;

  /** @param inTurn does an action when it is its turn among the gallery's changes */
  constructor(known: KnownFaces, inTurn: <T>(action: () => Promise<T>) => Promise<T>) {
    this.#known = known;
    this.#inTurn = inTurn;
  }

  get settings(): Readonly<GallerySettings> {
    return this.#known.meta.settings ?? {};
  }

  /** How alike a subject is to a face: as the gallery was opened with, or as the settings say. */
  get score(): SubjectScore {
    return this.#known.score;
  }

  /**
   * Changes settings: null takes one away, what is left out stays.
   *
   * @throws SemblanceError DATA_INVALID for a value that means nothing; GALLERY_BUSY
   */
  change(change: SettingsChange): Promise<GallerySettings> {
    return this.#inTurn(async () => {
      const settings = changedSettings(this.#known.meta.settings, change);
      await this.#known.writeMeta({ ...this.#known.meta, settings });
      return settings;
    });
  }
}
