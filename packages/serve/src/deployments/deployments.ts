import { cp, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { GALLERY_FILE } from '@semblance/face/gallery';
import { chooseThreshold } from '@semblance/face/pipeline';
import { asSemblanceError, SemblanceError } from '../error.ts';
import { Fleet, type FleetEntry } from '../fleet/fleet.ts';
import { type GalleryHost, GalleryHosts } from '../fleet/gallery-hosts.ts';
import { requireHealthy } from '../fleet/gate.ts';
import { ServingUnit } from '../fleet/unit.ts';
import type { ServeSettings } from '../settings.ts';
import { adoptModel } from './adopt-model.ts';
import { copyGallery } from './copy-gallery.ts';
import { type PrepareProgress, type Revision, type RevisionEntry, withEntry } from './revision.ts';
import { RevisionFile } from './revision-file.ts';

/** What is to be deployed; what is not given stays as it is. */
export interface DeployRequest {
  name: string;
  detector?: string;
  recognizer?: string;
  gallery?: string;
  /** Copies the gallery into the service's folder: what is enrolled then changes nothing where it came from. */
  copyGallery?: boolean;
  /** Percent of the requests (100). */
  weight?: number;
}

export interface DeploymentsOptions {
  /** Where revisions and re-embedded galleries are kept. */
  stateDir: string;
  settings: ServeSettings;
  onBatch?(size: number): void;
  /** Told what happens by itself: roll-backs. */
  say?(line: string): void;
}

/** Changes what serves, one step after the other: load, test, switch, and go back where it fails. */
export class Deployments {
  readonly fleet = new Fleet();
  readonly #options: DeploymentsOptions;
  readonly #file: RevisionFile;
  readonly #hosts = new GalleryHosts();
  #inWork: Promise<unknown> | null = null;
  #progress: { id: string; progress: PrepareProgress } | null = null;
  /** While a gallery is copied for the last time before a switch, nothing is enrolled. */
  #writes: Promise<void> = Promise.resolve();

  private constructor(options: DeploymentsOptions, file: RevisionFile) {
    this.#options = options;
    this.#file = file;
    this.fleet.onFailing = (name, rate) => void this.#rollBackFailing(name, rate);
  }

  /**
   * Opens what was deployed last. `start` is deployed where nothing was, or where it is another than at the last start:
   * a service that is only started again goes on with what was deployed since.
   */
  static async open(options: DeploymentsOptions, start: DeployRequest | null): Promise<Deployments> {
    await mkdir(options.stateDir, { recursive: true });
    const file = await RevisionFile.open(join(options.stateDir, 'deployments.json'));
    const deployments = new Deployments(options, file);
    const { active } = file;
    const isNew = start !== null && JSON.stringify(start) !== JSON.stringify(file.start);
    if (start !== null && (isNew || !active)) {
      await deployments.#deploy(start, file.nextId(), true);
      await file.saveStart(start);
    } else if (active) deployments.fleet.switchTo(await deployments.#openEntries(active.entries));
    return deployments;
  }

  /** Newest first; one that is being prepared with how far it is. */
  list(): (Revision & { progress: PrepareProgress | null })[] {
    return this.#file.all().map((revision) => ({ ...revision, progress: this.#progressOf(revision.id) }));
  }

  get(id: string): Revision & { progress: PrepareProgress | null } {
    const revision = this.#file.get(id);
    if (!revision) throw new SemblanceError('DEPLOYMENT_NOT_FOUND', `there is no deployment ${id}`);
    return { ...revision, progress: this.#progressOf(id) };
  }

  /**
   * Begins a deployment; what serves goes on serving until the new one has passed its tests.
   *
   * @returns the revision, `preparing`: {@link get} says how it goes on, {@link settled} waits.
   * @throws SemblanceError DEPLOYMENT_BUSY while another is in work.
   */
  async begin(request: DeployRequest): Promise<Revision> {
    this.#requireIdle();
    const id = this.#file.nextId();
    this.#run(() => this.#deploy(request, id));
    // the revision is written before anything slow happens
    while (this.#file.get(id) === undefined && this.#inWork !== null) await new Promise(setImmediate);
    return this.get(id);
  }

  /**
   * Goes back to what served before the active revision.
   *
   * @throws SemblanceError DEPLOYMENT_NOT_FOUND where nothing did, DEPLOYMENT_BUSY.
   */
  async rollBack(reason = 'asked for'): Promise<Revision> {
    this.#requireIdle();
    return this.#run(() => this.#rollBack(reason));
  }

  /** Waits until nothing is in work. */
  async settled(): Promise<void> {
    await this.#inWork?.catch(() => {});
  }

  /** Runs what changes galleries, each such change after the other and never in the middle of a switch. */
  async changingGalleries<T>(action: () => Promise<T>): Promise<T> {
    const before = this.#writes;
    let end = () => {};
    this.#writes = new Promise((resolve) => (end = resolve));
    await before;
    try {
      return await action();
    } finally {
      end();
    }
  }

  /** Units with galleries of their own: what is enrolled goes into each, embedded by its own recognizer. */
  get galleries(): { unit: ServingUnit; gallery: GalleryHost }[] {
    const seen = new Set<string>();
    const { primary, entries } = this.fleet;
    return [primary, ...entries].flatMap(({ unit }) => {
      if (unit.gallery === null || seen.has(unit.gallery.path)) return [];
      seen.add(unit.gallery.path);
      return [{ unit, gallery: unit.gallery }];
    });
  }

  async close(): Promise<void> {
    await this.settled();
    await this.fleet.close();
  }

  #progressOf(id: string): PrepareProgress | null {
    return this.#progress?.id === id ? this.#progress.progress : null;
  }

  #requireIdle(): void {
    if (this.#inWork !== null) throw new SemblanceError('DEPLOYMENT_BUSY');
  }

  #run<T>(action: () => Promise<T>): Promise<T> {
    const work = action().finally(() => {
      this.#inWork = null;
      this.#progress = null;
    });
    work.catch(() => {}); // said by the revision
    this.#inWork = work;
    return work;
  }

  async #deploy(request: DeployRequest, id: string, isStart = false): Promise<Revision> {
    const active = this.#file.active;
    const base = active?.entries.reduce((best, entry) => (entry.weight > best.weight ? entry : best));
    const entry = entryOf(request, base);
    const others = active?.entries ?? [];
    const revision: Revision = {
      id,
      createdAt: new Date().toISOString(),
      state: 'preparing',
      reason: null,
      before: active?.id ?? null,
      entries: withEntry(others, entry),
    };
    await this.#file.save(revision);
    return this.#activate(revision, active && { ...active, state: 'superseded' }, async () => {
      if (isStart) return revision.entries;
      const { stateDir } = this.#options;
      const recognizer = await adoptModel(stateDir, entry.recognizer);
      const detector = await adoptModel(stateDir, entry.detector);
      // one that serves by this recognizer has a gallery for it already
      const same = others.find((other) => other.recognizer === recognizer);
      const kept = request.gallery === undefined && same ? same.gallery : entry.gallery;
      const gallery = request.copyGallery && kept !== null ? await takeGallery(stateDir, kept, id) : kept;
      const origin = request.gallery === undefined ? (same ?? entry).origin : gallery;
      return withEntry(others, { ...entry, detector, recognizer, gallery, origin });
    });
  }

  async #rollBack(reason: string): Promise<Revision> {
    const { active } = this.#file;
    const target = active?.before == null ? undefined : this.#file.get(active.before);
    if (!active || !target) throw new SemblanceError('DEPLOYMENT_NOT_FOUND', 'nothing served before this');
    const revision: Revision = {
      id: this.#file.nextId(),
      createdAt: new Date().toISOString(),
      state: 'preparing',
      reason: `back from ${active.id} to ${target.id}: ${reason}`,
      before: target.before,
      entries: target.entries,
    };
    await this.#file.save(revision);
    return this.#activate(revision, { ...active, state: 'rolled_back', reason });
  }

  /** Opens and tests the units of a revision, brings their galleries up to date, and switches. */
  async #activate(
    revision: Revision,
    replaced: Revision | undefined,
    prepare = async (): Promise<RevisionEntry[]> => revision.entries,
  ): Promise<Revision> {
    let opened: FleetEntry[] = [];
    try {
      const prepared = await prepare();
      opened = await this.#openEntries(prepared, revision.id);
      return await this.changingGalleries(async () => {
        // what was enrolled while the galleries were copied
        for (const { unit } of opened) await this.#bringUpToDate(unit, revision.id);
        // a gallery that was copied lies elsewhere than the one that was asked for
        const entries = prepared.map((entry, i) => ({
          ...entry,
          gallery: opened[i]!.unit.spec.gallery,
        }));
        const active: Revision = { ...revision, entries, state: 'active' };
        await this.#file.save(active, ...(replaced ? [replaced] : []));
        this.fleet.switchTo(opened);
        return active;
      });
    } catch (error) {
      const used = new Set(this.fleet.entries.map(({ unit }) => unit));
      await Promise.all(opened.filter(({ unit }) => !used.has(unit)).map(({ unit }) => unit.close()));
      const { message } = asSemblanceError(error);
      await this.#file.save({ ...revision, state: 'failed', reason: message });
      throw error;
    }
  }

  async #openEntries(entries: readonly RevisionEntry[], id = ''): Promise<FleetEntry[]> {
    const opened: FleetEntry[] = [];
    const running = this.fleet.entries;
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
    const { stateDir, settings, onBatch } = this.#options;
    const { detector, recognizer, gallery, origin } = entry;
    const unit = await ServingUnit.open({ detector, recognizer, gallery, origin }, settings, onBatch);
    try {
      await requireHealthy(unit);
      if (entry.gallery === null) return unit;
      const asked = await this.#hosts.acquire(entry.gallery, null);
      if (asked.modelId === unit.recognizer.id) unit.gallery = asked;
      else {
        try {
          const path = join(stateDir, 'galleries', `${id}-${unit.recognizer.id}`);
          await mkdir(path, { recursive: true });
          const { embeddingSize, threshold } = unit.recognizer;
          const first = chooseThreshold({ recognizer: threshold });
          unit.gallery = await this.#hosts.acquire(path, unit.recognizer.id, {
            ...{ modelId: unit.recognizer.id, embeddingSize },
            ...{ threshold: first.value, thresholdBasis: first.basis },
          });
          await this.#copy(asked, unit, id);
          const estimate = await unit.gallery.thread.call('estimateThreshold', threshold);
          unit.gallery.threshold = estimate.threshold;
          unit.spec.gallery = path;
        } finally {
          await asked.release();
        }
      }
      return unit;
    } catch (error) {
      await unit.close();
      throw error;
    }
  }

  /** Takes over what the gallery that serves now has and a new unit's has not, where the two are of different models. */
  async #bringUpToDate(unit: ServingUnit, id: string): Promise<void> {
    if (unit.gallery === null || this.fleet.isEmpty) return;
    const { gallery, spec } = this.fleet.primary.unit;
    // two galleries that were built apart are different on purpose
    if (gallery === null || gallery.path === unit.gallery.path || spec.origin !== unit.spec.origin) return;
    await this.#copy(gallery, unit, id);
  }

  async #copy(from: GalleryHost, unit: ServingUnit, id: string): Promise<void> {
    await copyGallery({
      from,
      to: unit.gallery!,
      embed: (jpegs) => unit.embedJpegs(jpegs),
      onProgress: (progress) => (this.#progress = { id, progress }),
    });
  }

  async #rollBackFailing(name: string, rate: number): Promise<void> {
    const { active } = this.#file;
    if (this.#inWork !== null || active?.before == null || active.entries.at(-1)?.name !== name) return;
    const reason = `${name} failed in ${Math.round(100 * rate)} % of its last requests`;
    this.#options.say?.(`rolling back ${active.id}: ${reason}`);
    await this.#run(() => this.#rollBack(reason)).catch((error: unknown) => {
      this.#options.say?.(`rolling back failed: ${asSemblanceError(error).message}`);
    });
  }
}

/** Copies a gallery that nobody is writing to. */
async function takeGallery(stateDir: string, path: string, id: string): Promise<string> {
  const target = join(resolve(stateDir), 'taken', id);
  await mkdir(target, { recursive: true });
  await cp(join(path, GALLERY_FILE), join(target, GALLERY_FILE)).catch((cause: unknown) => {
    throw new SemblanceError('GALLERY_NOT_FOUND', `no gallery at ${path}`, { cause });
  });
  return target;
}

function entryOf(
  { name, weight = 100, ...given }: DeployRequest,
  base: RevisionEntry | undefined,
): RevisionEntry {
  if (!Number.isInteger(weight) || weight < 1 || weight > 100) {
    throw new SemblanceError(
      'REQUEST_INVALID',
      `expected a whole percent from 1 to 100 for weight but received ${weight}`,
    );
  }
  const detector = given.detector ?? base?.detector;
  const recognizer = given.recognizer ?? base?.recognizer;
  if (!detector || !recognizer) {
    throw new SemblanceError('DEPLOYMENT_REFUSED', 'a detector and a recognizer are needed to begin with');
  }
  const gallery = given.gallery === undefined ? (base?.gallery ?? null) : resolve(given.gallery);
  return {
    ...{ name, weight, gallery },
    detector: resolve(detector),
    recognizer: resolve(recognizer),
    origin: given.gallery === undefined ? (base?.origin ?? null) : gallery,
  };
}

function isSameSpec(a: RevisionEntry | ServingUnit['spec'], b: RevisionEntry): boolean {
  return a.detector === b.detector && a.recognizer === b.recognizer && a.gallery === b.gallery;
}
