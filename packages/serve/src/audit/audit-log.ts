import { open, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { takeLock } from '@semblance/core/files';
import { asSemblanceError, isSemblanceError, SemblanceError } from '../error.ts';
import type { Watched } from '../storage-watch.ts';
import { NO_SEAL, notOurs, readEnd, sealed, unsealed } from './audit-lines.ts';
import { AuditSecret } from './audit-secret.ts';
import type { AuditEntry, AuditedChange } from './audited-change.ts';

/** The file of a state folder. */
export const AUDIT_FILE = 'audit.jsonl';

/** How long another process that writes is waited for. */
const WRITE_WAIT_MS = 10_000;

type Note = AuditedChange & Pick<AuditEntry, 'time' | 'outcome'>;
/** What is known of a change only once it is done. */
type Found = Partial<Pick<AuditedChange, 'faces' | 'target'>>;

interface Waiting {
  note: Note;
  resolve(): void;
  reject(error: unknown): void;
}

const logs = new Map<string, AuditLog>();

/** The audit of a state folder: one in this process, whoever asks. */
export function auditOf(folder: string): AuditLog {
  const path = resolve(folder);
  const log = logs.get(path) ?? new AuditLog(path);
  logs.set(path, log);
  return log;
}

/**
 * Who changed what, a JSON object a line in a file of mode 600 that is only added to; each line is sealed together with the one
 * before. A line is on the disk before the change it tells of: what cannot be written there is not done. The file may be moved
 * away while it is in use.
 */
export class AuditLog implements Watched {
  readonly what = 'the audit';
  /** Where it lies. */
  readonly folder: string;
  #waiting: Waiting[] = [];
  #isWriting = false;

  /** @param folder the state folder of a service, which is there */
  constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * Writes down that a change begins, does it, and writes down how it ended.
   *
   * @param found what is known of it once it is done
   * @throws what the work throws; SemblanceError those of the disk, and DATA_CORRUPT, where nothing was done
   */
  async around<T>(
    change: AuditedChange,
    work: () => Promise<T>,
    found: (result: T) => Found = () => ({}),
  ): Promise<T> {
    await this.#note({ ...change, outcome: 'begun' });
    // of a disk that takes no more the next change will tell, and that this one was begun is written
    const end = (note: Found & { outcome: string }) => this.#note({ ...change, ...note }).catch(() => {});
    try {
      const result = await work();
      await end({ ...found(result), outcome: 'done' });
      return result;
    } catch (error) {
      await end({ outcome: `failed ${asSemblanceError(error).code}` });
      throw error;
    }
  }

  /**
   * Refuses where nothing could be written down, however much room there is.
   *
   * @throws SemblanceError DATA_CORRUPT, and those of the disk
   */
  async requireWhole(): Promise<void> {
    const path = join(this.folder, AUDIT_FILE);
    try {
      const isThere = await isLog(path);
      const secret = await AuditSecret.read(this.folder);
      if (!isThere) return;
      await using file = await open(path, 'r');
      const { line } = await readEnd(file, path);
      if (line === null) return;
      if (secret === null) throw secretIsGone(this.folder);
      if (unsealed(line, secret) === null) throw notOurs(path);
    } catch (error) {
      throw asRefusal(error, path);
    }
  }

  #note(note: Omit<Note, 'time'>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ note: { time: new Date().toISOString(), ...note }, resolve, reject });
      if (!this.#isWriting) void this.#write();
    });
  }

  /** Whoever comes while a disk is waited for is written next, all together. */
  async #write(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      try {
        await this.#append(group.map(({ note }) => note));
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#isWriting = false;
  }

  /** Opened for each: the file may have been moved away, or the disk made writable, since the last. */
  async #append(notes: readonly Note[]): Promise<void> {
    const path = join(this.folder, AUDIT_FILE);
    try {
      using _lock = await this.#lock(path);
      const isThere = await isLog(path);
      const secret = (await AuditSecret.read(this.folder)) ?? (await this.#newSecret(isThere));
      await using file = await open(path, 'a+', 0o600);
      const { line, rest } = await readEnd(file, path);
      const last = line === null ? null : unsealed(line, secret);
      if (line !== null && last === null) throw notOurs(path);
      // whole but for its newline, or cut off by a full disk or a kill before anybody was told that it is written
      const unended = unsealed(rest.toString(), secret);
      if (unended === null && rest.length > 0) await file.truncate((await file.stat()).size - rest.length);
      let seal = (unended ?? last)?.seal ?? NO_SEAL;
      let text = unended ? '\n' : '';
      for (const note of notes) {
        const { subject, to, ...others } = note;
        const names = { ...hashed('subject', subject, secret), ...hashed('to', to, secret) };
        const made = sealed({ ...others, ...names, prev: seal }, secret);
        text += made.line;
        seal = made.seal;
      }
      const { size } = await file.stat();
      try {
        await file.appendFile(text);
        await file.datasync();
      } catch (error) {
        await file.truncate(size).catch(() => {});
        throw error;
      }
    } catch (error) {
      throw asRefusal(error, path);
    }
  }

  /** A new secret would seal a log that another has sealed. */
  #newSecret(isThere: boolean): Promise<AuditSecret> {
    if (isThere) throw secretIsGone(this.folder);
    return AuditSecret.read(this.folder, true);
  }

  /** One writer after the other, whatever process they are in. */
  async #lock(path: string): Promise<Disposable> {
    const words = { what: path, holder: 'a writer of the audit' };
    for (const startMs = performance.now(); ; ) {
      try {
        return takeLock(join(this.folder, `.${AUDIT_FILE}.lock`), words);
      } catch (error) {
        if (!isSemblanceError(error, 'PATH_BUSY') || performance.now() - startMs > WRITE_WAIT_MS) throw error;
      }
      await sleep(20 + 60 * Math.random());
    }
  }
}

const hashed = (key: 'subject' | 'to', name: string | undefined, secret: AuditSecret) =>
  name === undefined ? {} : { [key]: secret.hashOf(name) };

/** Whether the file is there. What is no file, as a pipe, would keep us waiting. */
async function isLog(path: string): Promise<boolean> {
  const stats = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return null;
  });
  if (stats && !stats.isFile()) throw new SemblanceError('DATA_CORRUPT', `${path} is not a file`);
  return stats !== null;
}

const secretIsGone = (folder: string) =>
  new SemblanceError(
    'DATA_CORRUPT',
    `${join(folder, 'audit.key')} is gone: restore it from a backup, or move audit.jsonl away and both begin anew`,
  );

/** What is no caller's doing, whatever the system calls it. */
function asRefusal(error: unknown, path: string): SemblanceError {
  const refusal = asSemblanceError(error);
  if (refusal.code === 'DATA_CORRUPT' || refusal.code.startsWith('STORAGE_')) return refusal;
  return new SemblanceError('STORAGE_FAILED', `${path} cannot be written: ${refusal.message}`, {
    cause: error,
  });
}
