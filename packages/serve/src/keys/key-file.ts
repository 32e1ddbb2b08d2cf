import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFolder, takeLock, writeFileAsideSync } from '@semblance/core/files';
import { type AuditLog, auditOf } from '../audit/audit-log.ts';
import { type Actor, theCommandLine } from '../audit/audited-change.ts';
import { asSemblanceError, isSemblanceError, SemblanceError } from '../error.ts';
import { type KeyRole, keyRoles } from './roles.ts';
import { keysText, readKeys, type StoredKey, versionOf } from './stored-keys.ts';

const FORM = /^smb_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;
const hash = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** How long a writer waits for the others. */
const WRITE_WAIT_MS = 10_000;

export interface NewKeyOptions {
  /** From when on the key is refused; never, if not given. */
  expiresAt?: Date;
  /** Is given the text before the key is stored: where this fails there is no key that nobody has. */
  hand?(text: string): Promise<void>;
  /** Who makes it, as the audit has it; the command line, if not given. */
  actor?: Actor;
}

/**
 * The API keys of a service, in a file of mode 600 that other processes may change.
 *
 * Only the SHA-256 of a key is kept. Whoever makes or revokes one is written into the folder's `audit.jsonl` first.
 *
 * @example
 * ```ts
 * import { KeyFile, keysPath } from '@semblance/serve';
 *
 * const keys = await KeyFile.open(keysPath('state'));
 * const { key, text } = await keys.create('read', 'kiosk');
 * console.log(keys.check(text).label); // kiosk
 * await keys.revoke(key.id);
 * console.log(keys.all()[0]?.revokedAt !== null); // true
 * ```
 */
export class KeyFile {
  readonly #path: string;
  readonly #audit: AuditLog;
  #keys: StoredKey[] = [];
  #version = '';
  #problem: SemblanceError | null = null;

  private constructor(path: string) {
    this.#path = path;
    this.#audit = auditOf(dirname(path));
  }

  /** @throws SemblanceError DATA_CORRUPT */
  static async open(path: string): Promise<KeyFile> {
    await makeFolder(dirname(path), { mode: 0o700 });
    const file = new KeyFile(path);
    await file.refresh();
    return file;
  }

  all(): StoredKey[] {
    return [...this.#keys];
  }

  /** What is wrong with the file since it was last read well, as {@link follow} found it; null where nothing is. */
  get problem(): SemblanceError | null {
    return this.#problem;
  }

  /**
   * Makes a key; its text is given once and kept nowhere.
   *
   * @throws SemblanceError PATH_BUSY where others write for too long; DATA_CORRUPT, and those of the disk
   */
  async create(
    role: KeyRole,
    label = '',
    { expiresAt, hand, actor = theCommandLine }: NewKeyOptions = {},
  ): Promise<{ key: StoredKey; text: string }> {
    const id = randomBytes(6).toString('hex');
    const secret = randomBytes(32).toString('base64url');
    const key: StoredKey = {
      ...{ id, role, label },
      sha256: hash(secret).toString('hex'),
      createdAt: new Date().toISOString(),
      revokedAt: null,
      ...(expiresAt === undefined ? {} : { expiresAt: expiresAt.toISOString() }),
    };
    const text = `smb_${id}_${secret}`;
    await this.#audit.around({ action: 'create key', ...actor, target: id }, async () => {
      await hand?.(text);
      await this.#change((keys) => [...keys, key]);
    });
    return { key, text };
  }

  /**
   * Ends a key; one that has ended already stays as it is.
   *
   * @param actor who ends it, as the audit has it; the command line, if not given
   * @throws SemblanceError KEY_NOT_FOUND, and as {@link create}
   */
  async revoke(id: string, actor: Actor = theCommandLine): Promise<void> {
    const revokedAt = new Date().toISOString();
    const change = { action: 'revoke key', ...actor, target: id } as const;
    await this.#audit.around(change, () =>
      this.#change((keys) => {
        if (!keys.some((key) => key.id === id))
          throw new SemblanceError(
            'KEY_NOT_FOUND',
            `there is no key ${id}; semblance keys list shows the ids`,
          );
        return keys.map((key) => (key.id === id && !key.revokedAt ? { ...key, revokedAt } : key));
      }),
    );
  }

  /**
   * The key that a text is, in a time that says nothing about how much of it was right.
   *
   * @throws SemblanceError KEY_INVALID
   */
  check(text: string): StoredKey {
    const [, id = '', secret = ''] = FORM.exec(text) ?? [];
    const key = this.#keys.find((candidate) => candidate.id === id);
    const isRight = timingSafeEqual(hash(secret), Buffer.from(key?.sha256 ?? '0'.repeat(64), 'hex'));
    if (!isRight || !key || key.revokedAt !== null) throw new SemblanceError('KEY_INVALID');
    if (!isExpired(key)) return key;
    throw new SemblanceError('KEY_INVALID', `the API key expired at ${key.expiresAt}: ask for a new one`);
  }

  /**
   * The key with an id, for whoever has shown its text before.
   *
   * @throws SemblanceError KEY_INVALID where it is not there, revoked or expired
   */
  get(id: string): StoredKey {
    const key = this.#keys.find((candidate) => candidate.id === id);
    if (!key || key.revokedAt !== null || isExpired(key)) throw new SemblanceError('KEY_INVALID');
    return key;
  }

  /**
   * Reads the file again if it has changed.
   *
   * @throws SemblanceError DATA_CORRUPT, and those of the disk; the keys stay those that were read last
   */
  async refresh(): Promise<void> {
    this.#read();
  }

  /**
   * Reads the file again if it has changed, before it returns. Where it cannot be read, the keys that were read last stay, and
   * {@link problem} says why.
   */
  follow(): void {
    try {
      this.#read();
    } catch (error) {
      this.#problem = asSemblanceError(error);
    }
  }

  #read(): void {
    const version = versionOf(this.#path);
    if (version === this.#version) {
      // what could not be read stays so until it changes
      if (this.#problem && version !== '') throw this.#problem;
      return;
    }
    const isGone = version === '';
    try {
      this.#keys = readKeys(this.#path);
      this.#problem = isGone ? new SemblanceError('PATH_NOT_FOUND', `${this.#path} is gone`) : null;
    } catch (error) {
      this.#problem = asSemblanceError(error);
      throw error;
    } finally {
      this.#version = version;
    }
  }

  /** One writer after the other, whatever process they are in; each changes what the one before has left. */
  async #change(change: (keys: StoredKey[]) => StoredKey[]): Promise<void> {
    const lock = join(dirname(this.#path), `.${basename(this.#path)}.lock`);
    const words = { what: `the key file ${this.#path}`, holder: 'a writer of keys' };
    for (const startMs = performance.now(); ; ) {
      try {
        using _lock = takeLock(lock, words);
        writeFileAsideSync(this.#path, keysText(change(readKeys(this.#path))), 0o600);
        break;
      } catch (error) {
        if (!isSemblanceError(error, 'PATH_BUSY') || performance.now() - startMs > WRITE_WAIT_MS) throw error;
      }
      await sleep(20 + 60 * Math.random());
    }
    this.#read();
  }
}

/** Whether the time of a key is over. */
export const isExpired = ({ expiresAt }: StoredKey, nowMs = Date.now()): boolean =>
  typeof expiresAt === 'string' && Date.parse(expiresAt) <= nowMs;

/** Whether a key of one role may do what another role is asked for. */
export const reaches = (has: KeyRole, asked: KeyRole): boolean =>
  keyRoles.indexOf(has) >= keyRoles.indexOf(asked);
