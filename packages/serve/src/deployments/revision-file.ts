import { writeJsonFile } from '@semblance/core/files';
import { readCheckedFile } from '@semblance/core/schema';
import { z } from 'zod';
import type { Revision } from './revision.ts';

/** Revisions kept besides the active one and those it can go back to. */
const MOST_KEPT = 50;

const entry = z.looseObject({
  name: z.string(),
  weight: z.number().min(0).max(100),
  detector: z.string(),
  recognizer: z.string(),
  gallery: z.string().nullable(),
  // earlier versions of this file did not name origins
  origin: z.string().nullable().optional(),
});

const content = z.looseObject({
  format: z.literal('semblance-deployments/1'),
  start: z.unknown(),
  revisions: z.array(
    z.looseObject({
      id: z
        .string()
        .regex(/^D\d{4,}$/)
        .meta({ expected: 'D and four digits or more' }),
      createdAt: z.string(),
      state: z.enum(['preparing', 'active', 'superseded', 'rolled_back', 'failed']),
      reason: z.string().nullable(),
      before: z.string().nullable(),
      entries: z.array(entry),
    }),
  ),
});

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
    await this.#write(this.#revisions, start);
    this.#start = start;
  }

  /**
   * Those left `preparing` by a service that ended are failed ones now.
   *
   * @throws SemblanceError DATA_CORRUPT
   */
  static async open(path: string): Promise<RevisionFile> {
    const read = await readCheckedFile(path, content);
    const revisions = (read?.revisions ?? []).map((written): Revision => {
      const entries = written.entries.map((one) => ({ ...one, origin: one.origin ?? one.gallery }));
      const revision = { ...written, entries };
      return revision.state === 'preparing'
        ? { ...revision, state: 'failed', reason: 'the service ended before it was ready' }
        : revision;
    });
    return new RevisionFile(path, revisions, read?.start ?? null);
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

  /** Notes that a revision failed: where even that cannot be written, its file has it `preparing`, which means the same. */
  async saveFailed(revision: Revision): Promise<void> {
    this.#revisions = this.#revisions.map((one) => (one.id === revision.id ? revision : one));
    await Promise.allSettled([this.save(revision)]);
  }

  #write(revisions: Revision[], start = this.#start): Promise<void> {
    const whole = { format: 'semblance-deployments/1', start, revisions };
    return writeJsonFile(this.#path, whole, 0o600);
  }
}
