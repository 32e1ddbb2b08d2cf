import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '@semblance/core/files';
import type { AuditLog } from '../audit/audit-log.ts';
import { type Actor, type AuditedChange, theService } from '../audit/audited-change.ts';
import { asSemblanceError, SemblanceError } from '../error.ts';
import { Fleet, type FleetEntry } from '../fleet/fleet.ts';
import type { GalleryHost } from '../fleet/gallery-hosts.ts';
import type { ServingUnit } from '../fleet/unit.ts';
import type { UnitEvents } from '../fleet/unit-events.ts';
import type { ServiceLog } from '../log/service-log.ts';
import type { ServeSettings } from '../settings.ts';
import { adoptModel } from './adopt-model.ts';
import { type DeployRequest, entryOf } from './deploy-request.ts';
import { OlderGalleries, type OnErased } from './older-galleries.ts';
import { UnitOpener } from './open-units.ts';
import { asAudited, type PrepareProgress, type Revision, type RevisionEntry, withEntry } from './revision.ts';
import { RevisionFile } from './revision-file.ts';
import { placesOf, requireServable } from './servable.ts';
import { takeGallery } from './take-gallery.ts';

/** How long the end waits for a deployment in work. */
const CLOSE_MS = 10_000;

export interface DeploymentsOptions {
  /** Where revisions and re-embedded galleries are kept. */
  stateDir: string;
  settings: ServeSettings;
  events: UnitEvents;
  /** Folders that models and galleries may be deployed from; any, if not given. */
  roots?: readonly string[] | null;
  /** Told how deployments begin and end, and of roll-backs. */
  log: ServiceLog;
  onErased?: OnErased;
  /** Told who deploys what. */
  audit: AuditLog;
}

/** Changes what serves, one step after the other: load, test, switch, and go back where it fails. */
export class Deployments {
  readonly fleet = new Fleet();
  readonly #options: DeploymentsOptions;
  readonly #file: RevisionFile;
  readonly #units: UnitOpener;
  readonly #older: OlderGalleries;
  #inWork: Promise<unknown> | null = null;
  readonly #ending = new AbortController();
  /** The revision that is being prepared, and how far it is. */
  #preparing = '';
  #progress: PrepareProgress | null = null;
  /** While a gallery is copied for the last time before a switch, nothing is enrolled. */
  #writes: Promise<void> = Promise.resolve();

  private constructor(options: DeploymentsOptions, file: RevisionFile) {
    this.#options = options;
    this.#file = file;
    const onProgress = (progress: PrepareProgress) => this.#follow(progress);
    this.#units = new UnitOpener({ ...options, signal: this.#ending.signal, onProgress });
    this.#older = new OlderGalleries(options.stateDir, options.log, options.onErased);
    this.fleet.onFailing = (name, rate) => void this.#rollBackFailing(name, rate);
  }

  /**
   * Opens what was deployed last. `start` is deployed where nothing was, or where it is another than at the last start:
   * a service that is only started again goes on with what was deployed since.
   */
  static async open(options: DeploymentsOptions, start: DeployRequest | null): Promise<Deployments> {
    await makeFolder(options.stateDir, { mode: 0o700 });
    const file = await RevisionFile.open(join(options.stateDir, 'deployments.json'));
    const deployments = new Deployments(options, file);
    await deployments.#older.forget(file.all());
    const { active } = file;
    const isNew = start !== null && JSON.stringify(start) !== JSON.stringify(file.start);
    if (start !== null && (isNew || !active)) {
      const change = { action: 'deploy', ...theService, target: start.name } as const;
      await deployments.#run(change, () => deployments.#deploy(start, file.nextId(), true));
      await file.saveStart(start);
    } else if (active) deployments.fleet.switchTo(await deployments.#open(active.entries));
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
  async begin(request: DeployRequest, actor = theService): Promise<Revision> {
    this.#requireIdle();
    const id = this.#file.nextId();
    const deploy = () => this.#deploy(request, id);
    const work = this.#run({ action: 'deploy', ...actor, target: request.name }, deploy);
    // the revision is written before anything slow happens
    while (this.#file.get(id) === undefined && this.#inWork !== null) await new Promise(setImmediate);
    if (this.#file.get(id) === undefined) await work; // says why it could not be written
    return this.get(id);
  }

  /**
   * Goes back to what served before the active revision.
   *
   * @throws SemblanceError DEPLOYMENT_NOT_FOUND where nothing did, DEPLOYMENT_BUSY.
   */
  async rollBack(reason = 'asked for', actor: Actor = theService): Promise<Revision> {
    this.#requireIdle();
    return this.#run({ action: 'roll back', ...actor }, () => this.#rollBack(reason));
  }

  /** Waits until nothing is in work. */
  async settled(): Promise<void> {
    await this.#inWork?.catch(() => {});
  }

  /** Runs what changes galleries, each such change after the other and never in the middle of a switch. */
  async changingGalleries<T>(action: () => Promise<T>): Promise<T> {
    const before = this.#writes;
    const { promise, resolve: end } = Promise.withResolvers<void>();
    this.#writes = promise;
    await before;
    return action().finally(end);
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

  /**
   * Removes from galleries that a roll-back could bring back who was removed from those that serve.
   *
   * @throws SemblanceError where one of them cannot be changed: who is in it is tried again with the next change.
   */
  carryErasures(): Promise<void> {
    const serving = this.galleries.map(({ unit, gallery }) => ({ gallery, origin: unit.spec.origin }));
    return this.#older.carry({ revisions: this.#file.all(), serving });
  }

  /** Ends a deployment that is in work at its next step, and does not wait for one that takes none. */
  async close(): Promise<void> {
    this.#ending.abort(new SemblanceError('SHUTTING_DOWN'));
    const late = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_MS).unref());
    await Promise.race([this.settled(), late]);
    await this.fleet.close();
  }

  #follow(progress: PrepareProgress): void {
    this.#ending.signal.throwIfAborted();
    this.#progress = progress;
  }

  #progressOf(id: string): PrepareProgress | null {
    return this.#preparing === id ? this.#progress : null;
  }

  #requireIdle(): void {
    if (this.#inWork !== null) throw new SemblanceError('DEPLOYMENT_BUSY');
  }

  #run(change: AuditedChange, action: () => Promise<Revision>): Promise<Revision> {
    const work = this.#options.audit.around(change, action, asAudited).finally(() => {
      this.#inWork = null;
      this.#progress = null;
    });
    work.catch(() => {}); // said by the revision
    this.#inWork = work;
    return work;
  }

  async #deploy(request: DeployRequest, id: string, isStart = false): Promise<Revision> {
    const active = this.#file.active;
    const others = active?.entries ?? [];
    const base = active?.entries.reduce((best, entry) => (entry.weight > best.weight ? entry : best));
    const entry = entryOf(request, base);
    const revision: Revision = {
      id,
      createdAt: new Date().toISOString(),
      state: 'preparing',
      reason: null,
      before: active?.id ?? null,
      entries: withEntry(others, entry),
    };
    await this.#file.save(revision);
    return this.#activate(revision, active && { ...active, state: 'superseded' }, async (made) => {
      const { stateDir, roots = null } = this.#options;
      // what is named at the start is the operator's own
      await requireServable(
        entry,
        isStart || roots === null ? null : [...roots, stateDir, ...placesOf(others)],
        isStart ? null : placesOf(others),
      );
      if (isStart) return revision.entries;
      const recognizer = await adoptModel(stateDir, entry.recognizer, made);
      const detector = await adoptModel(stateDir, entry.detector, made);
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
    if (!active || !target)
      throw new SemblanceError('DEPLOYMENT_NOT_FOUND', 'there is no earlier deployment');
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
    prepare: (made: (path: string) => void) => Promise<RevisionEntry[]> = async () => revision.entries,
  ): Promise<Revision> {
    const { log } = this.#options;
    const startMs = performance.now();
    log.event('info', `deployment ${revision.id} begins`, { deployment: revision.id });
    let opened: FleetEntry[] = [];
    const made: string[] = [];
    try {
      const prepared = await prepare((path) => made.push(path));
      opened = await this.#open(prepared, revision.id);
      return await this.changingGalleries(async () => {
        // what was enrolled while the galleries were copied
        if (!this.fleet.isEmpty) {
          const { unit: serving } = this.fleet.primary;
          for (const { unit } of opened) await this.#units.bringUpToDate(unit, serving);
        }
        // a gallery that was copied lies elsewhere than the one that was asked for
        const entries = prepared.map((entry, i) => ({
          ...entry,
          gallery: opened[i]!.unit.spec.gallery,
        }));
        const active: Revision = { ...revision, entries, state: 'active' };
        await this.#file.save(active, ...(replaced ? [replaced] : []));
        this.fleet.switchTo(opened);
        const ms = Math.round(performance.now() - startMs);
        log.event('info', `deployment ${revision.id} serves`, { deployment: revision.id, ms });
        return active;
      });
    } catch (error) {
      const used = new Set(this.fleet.entries.map(({ unit }) => unit));
      await Promise.all(opened.filter(({ unit }) => !used.has(unit)).map(({ unit }) => unit.close()));
      const { code, message } = asSemblanceError(error);
      await this.#file.saveFailed({ ...revision, state: 'failed', reason: message });
      await this.#older.forget(
        this.#file.all().filter(({ id }) => id !== revision.id),
        revision.id,
      );
      for (const path of made) await rm(path, { recursive: true, force: true });
      log.event('error', `deployment ${revision.id} failed: ${message}`, { deployment: revision.id, code });
      throw error;
    }
  }

  #open(entries: readonly RevisionEntry[], id = ''): Promise<FleetEntry[]> {
    this.#preparing = id;
    return this.#units.open(entries, this.fleet.entries, id);
  }

  async #rollBackFailing(name: string, rate: number): Promise<void> {
    const { active } = this.#file;
    if (this.#inWork !== null || active?.before == null || active.entries.at(-1)?.name !== name) return;
    const { log } = this.#options;
    const reason = `${name} failed in ${Math.round(100 * rate)} % of its last requests`;
    log.event('warn', `rolling back ${active.id}: ${reason}`, { deployment: active.id });
    await this.rollBack(reason).catch((error: unknown) => {
      const { code, message } = asSemblanceError(error);
      log.event('error', `rolling back failed: ${message}`, { code });
    });
  }
}
