import { join } from 'node:path';
import { makeFolder } from '@semblance/core/files';
import { isGalleryAddress } from '@semblance/face/gallery';
import { SemblanceError } from '../error.ts';
import type { FleetEntry } from '../fleet/fleet.ts';
import { followThreshold, type GalleryHost, GalleryHosts } from '../fleet/gallery-hosts.ts';
import { requireHealthy } from '../fleet/gate.ts';
import { ServingUnit } from '../fleet/unit.ts';
import type { UnitEvents } from '../fleet/unit-events.ts';
import type { ServeSettings } from '../settings.ts';
import { copyGallery } from './copy-gallery.ts';
import type { PrepareProgress, RevisionEntry } from './revision.ts';

export interface UnitOpenerOptions {
  /** Where galleries that are embedded anew are kept. */
  stateDir: string;
  settings: ServeSettings;
  events: UnitEvents;
  /** Told how far the copy of a gallery is. */
  onProgress(progress: PrepareProgress): void;
  /** Gives up what is being opened, whatever it waits for. */
  signal: AbortSignal;
}

/** Opens what a revision names: models are loaded and tested, and each unit gets a gallery that its recognizer can search. */
export class UnitOpener {
  readonly #options: UnitOpenerOptions;
  readonly #hosts = new GalleryHosts();

  constructor(options: UnitOpenerOptions) {
    this.#options = options;
  }

  /**
   * The entries with their units, those that serve already as they are.
   *
   * @param id of the revision: galleries that are embedded anew for it are named after it.
   * @throws SemblanceError as opening units and their tests do; nothing stays open that was not.
   */
  async open(
    entries: readonly RevisionEntry[],
    running: readonly FleetEntry[],
    id: string,
  ): Promise<FleetEntry[]> {
    const opened: FleetEntry[] = [];
    try {
      for (const entry of entries) {
        const same = running.find(({ unit }) => isSameSpec(unit.spec, entry));
        const unit = same?.unit ?? (await this.#openUnit(entry, id));
        opened.push({ name: entry.name, weight: entry.weight, unit });
      }
      return opened;
    } catch (error) {
      const own = opened.filter(({ unit }) => !running.some((other) => other.unit === unit));
      await Promise.all(own.map(({ unit }) => unit.close()));
      throw error;
    }
  }

  async #openUnit(entry: RevisionEntry, id: string): Promise<ServingUnit> {
    const { settings, events, signal } = this.#options;
    const { detector, recognizer, gallery, origin } = entry;
    const unit = await ServingUnit.open({ detector, recognizer, gallery, origin }, settings, events, signal);
    // calls that a worker never answers end with it
    const stop = () => void unit.close();
    signal.addEventListener('abort', stop, { once: true });
    try {
      await requireHealthy(unit);
      if (entry.gallery === null) return unit;
      const asked = await this.#hosts.acquire(entry.gallery, null);
      if (asked.modelId === unit.recognizer.id) unit.gallery = asked;
      else await this.#embedAnew(asked, unit, id).finally(() => asked.release());
      return unit;
    } catch (error) {
      await unit.close();
      throw signal.aborted ? signal.reason : error;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  /** Gives a unit a copy of a gallery of another recognizer, its crops embedded by the unit's own. */
  async #embedAnew(asked: GalleryHost, unit: ServingUnit, id: string): Promise<void> {
    if (isGalleryAddress(asked.path))
      throw new SemblanceError(
        'GALLERY_MODEL_MISMATCH',
        `${asked.path} was built with the recognizer ${asked.modelId}, and other machines serve from it: deploy that recognizer, or copy the gallery and serve from the copy`,
      );
    const { id: modelId, embeddingSize, impostors, threshold: fallback } = unit.recognizer;
    const path = join(this.#options.stateDir, 'galleries', `${id}-${modelId}`);
    await makeFolder(path, { mode: 0o700 });
    const thresholdBy = { impostors, fallback };
    unit.gallery = await this.#hosts.acquire(path, modelId, { modelId, embeddingSize, thresholdBy });
    await this.#copy(asked, unit);
    const estimate = await unit.gallery.thread.call('estimateThreshold', thresholdBy);
    unit.gallery.threshold = estimate.threshold;
    unit.spec.gallery = path;
  }

  /** Takes over what the gallery that serves now has and a new unit's has not, where the two are of different models. */
  async bringUpToDate(unit: ServingUnit, { gallery, spec }: ServingUnit): Promise<void> {
    if (unit.gallery === null) return;
    // two galleries that were built apart are different on purpose
    if (gallery === null || gallery.path === unit.gallery.path || spec.origin !== unit.spec.origin) return;
    await this.#copy(gallery, unit);
  }

  async #copy(from: GalleryHost, unit: ServingUnit): Promise<void> {
    await copyGallery({
      from,
      to: unit.gallery!,
      embed: (jpegs) => unit.embedJpegs(jpegs),
      onProgress: this.#options.onProgress,
    });
    await followThreshold(unit.gallery!);
  }
}

function isSameSpec(a: RevisionEntry | ServingUnit['spec'], b: RevisionEntry): boolean {
  return a.detector === b.detector && a.recognizer === b.recognizer && a.gallery === b.gallery;
}
