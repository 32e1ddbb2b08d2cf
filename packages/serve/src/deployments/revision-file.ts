import { readJsonFile, writeJsonFile } from '@semblance/core/files';
import { SemblanceError } from '../error.ts';
import type { Revision } from './revision.ts';

/** Revisions kept besides the active one and those it can go back to. */
const MOST_KEPT = 50;

interface Content {
  format: 'semblance-deployments/1';
  start: unknown;
  revisions: Revision[];
}

/** The revisions of a service, in a file that always holds a whole state. */
export class RevisionFile {
  readonly #path: string;
  #revisions: Revision[];
  #start: unknown;

  private constructor(path: string, revisions: Revision[], start: unknown) {
    this.#path = path;
    this.#revisions = revisions;
    this.#start = start;
  }

  /** What the service was last started with. */
  get start(): unknown {
    return this.#start;
  }

  async saveStart(start: unknown): Promise<void> {
    this.#start = start;
    await this.#write(this.#revisions);
  }

  /** Those left `preparing` by a service that ended are failed ones now. */
  static async open(path: string): Promise<RevisionFile> {
    const content = (await readJsonFile(path)) as Content | null;
    if (content !== null && content.format !== 'semblance-deployments/1') {
      throw new SemblanceError('DATA_CORRUPT', `${path} is no file of deployments`);
    }
    const revisions = (content?.revisions ?? []).map((written): Revision => {
      // earlier versions of this file did not name origins
      const entries = written.entries.map((entry) => ({ ...entry, origin: entry.origin ?? entry.gallery }));
      const revision = { ...written, entries };
      return revision.state === 'preparing'
        ? { ...revision, state: 'failed', reason: 'the service ended before it was ready' }
        : revision;
    });
    return new RevisionFile(path, revisions, content?.start ?? null);
  }

  /** Newest first. */
  all(): Revision[] {
    return [...this.#revisions].reverse();
  }

  get(id: string): Revision | undefined {
    return this.#revisions.find((revision) => revision.id === id);
  }

  get active(): Revision | undefined {
    return this.#revisions.findLast(({ state }) => state === 'active');
  }

  nextId(): string {
    const last = Number(this.#revisions.at(-1)?.id.slice(1) ?? 0);
    return `D${String(last + 1).padStart(4, '0')}`;
  }

  /** Adds a revision, or puts it in the place of the one with its id; others can be changed in the same step. */
  async save(...changed: Revision[]): Promise<void> {
    const revisions = [...this.#revisions];
    for (const revision of changed) {
      const at = revisions.findIndex(({ id }) => id === revision.id);
      if (at < 0) revisions.push(revision);
      else revisions[at] = revision;
    }
    const kept = revisions.slice(-MOST_KEPT);
    const active = revisions.findLast(({ state }) => state === 'active');
    if (active && !kept.includes(active)) kept.unshift(active);
    await this.#write(kept);
    this.#revisions = kept;
  }

  #write(revisions: Revision[]): Promise<void> {
    const content: Content = { format: 'semblance-deployments/1', start: this.#start, revisions };
    return writeJsonFile(this.#path, content, 0o600);
  }
}
