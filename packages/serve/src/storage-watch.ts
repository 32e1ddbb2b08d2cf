import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { asidePath } from '@semblance/core/files';
import { asSemblanceError, SemblanceError } from './error.ts';
import type { ServiceLog } from './log/service-log.ts';

/** As much as an enrolment writes, its picture and the log's pages with it. */
const PROBE_BYTES = 64 << 10;
/** A probe holds for so long: whoever asks often costs no more. */
const HOLDS_MS = 1000;

/** What of a service must not be damaged. */
export interface Watched {
  /** For callers: `the audit`. */
  what: string;
  /** Refuses where it is damaged. */
  requireWhole(): Promise<unknown>;
}

/** Tries whether what a service has to write can be written: `/health/ready` is red until it can again. */
export class StorageWatch {
  readonly #folders: () => readonly string[];
  readonly #log: ServiceLog;
  readonly #watched: () => readonly Watched[];
  #untilMs = 0;
  #trying: Promise<SemblanceError | null> = Promise.resolve(null);
  #said: string | null = null;

  /** @param folders the state folder and those of the galleries that serve */
  constructor(folders: () => readonly string[], log: ServiceLog, watched: () => readonly Watched[]) {
    this.#folders = folders;
    this.#log = log;
    this.#watched = watched;
  }

  /**
   * Writes something to each folder and removes it again.
   *
   * @throws SemblanceError STORAGE_FULL, STORAGE_READ_ONLY, STORAGE_FAILED; NOT_READY where a file is damaged
   */
  async requireWritable(): Promise<void> {
    if (performance.now() >= this.#untilMs) {
      this.#untilMs = performance.now() + HOLDS_MS;
      this.#trying = this.#try();
    }
    const refusal = await this.#trying;
    if (refusal) throw refusal;
  }

  async #try(): Promise<SemblanceError | null> {
    let refusal: SemblanceError | null = null;
    for (const folder of new Set(this.#folders())) refusal ??= await tryToWrite(folder);
    for (const watched of this.#watched()) refusal ??= await tryToRead(watched);
    const said = refusal && `not ready: ${refusal.code}: ${refusal.message}`;
    if (said !== this.#said) {
      const code = refusal?.code ?? null;
      this.#log.event('warn', said ?? 'ready again: what has to be written can be', { code });
    }
    this.#said = said;
    return refusal;
  }
}

async function tryToWrite(folder: string): Promise<SemblanceError | null> {
  const path = asidePath(join(folder, 'probe'));
  try {
    try {
      await using file = await open(path, 'wx', 0o600);
      await file.writeFile(Buffer.alloc(PROBE_BYTES));
    } finally {
      await rm(path, { force: true });
    }
    return null;
  } catch (cause) {
    const { code, message } = asSemblanceError(Object.assign(cause as Error, { path: folder }));
    if (code.startsWith('STORAGE_')) return new SemblanceError(code, message, { cause });
    // no permission, or no such folder any more
    return new SemblanceError('STORAGE_FAILED', `${folder} cannot be written to: ${message}`, { cause });
  }
}

async function tryToRead(watched: Watched): Promise<SemblanceError | null> {
  try {
    await watched.requireWhole();
    return null;
  } catch (cause) {
    const { code, message } = asSemblanceError(cause);
    if (code.startsWith('STORAGE_')) return new SemblanceError(code, message, { cause });
    return new SemblanceError('NOT_READY', `${watched.what}: ${message}`, { cause });
  }
}
