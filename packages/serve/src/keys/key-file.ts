import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder, writeJsonFile } from '@semblance/core/files';
import { readCheckedFile } from '@semblance/core/schema';
import { z } from 'zod';
import { SemblanceError } from '../error.ts';
import { type KeyRole, keyRoles } from './roles.ts';

const storedKey = z.looseObject({
  id: z.string().min(1),
  role: z.enum(keyRoles),
  /** What it is for, in words. */
  label: z.string(),
  /** SHA-256 of the secret, in hex: 32 random bytes need no slower hash. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .meta({ expected: '64 hexadecimal digits' }),
  createdAt: z.string(),
  revokedAt: z.string().nullable(),
});

/** A key as it is kept: what it is worth cannot be told from it. */
export type StoredKey = z.output<typeof storedKey>;

const content = z.looseObject({ format: z.literal('semblance-keys/1'), keys: z.array(storedKey) });

const FORM = /^smb_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;
const hash = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/**
 * The API keys of a service, in a file of mode 600 that other processes may change.
 *
 * Only the SHA-256 of a key is kept.
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
  #keys: StoredKey[] = [];
  #version = '';

  private constructor(path: string) {
    this.#path = path;
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

  /** Makes a key; its text is given once and kept nowhere. */
  async create(role: KeyRole, label = ''): Promise<{ key: StoredKey; text: string }> {
    await this.refresh();
    const id = randomBytes(6).toString('hex');
    const secret = randomBytes(32).toString('base64url');
    const createdAt = new Date().toISOString();
    const key: StoredKey = {
      id,
      role,
      label,
      sha256: hash(secret).toString('hex'),
      createdAt,
      revokedAt: null,
    };
    await this.#write([...this.#keys, key]);
    return { key, text: `smb_${id}_${secret}` };
  }

  /** @throws SemblanceError KEY_NOT_FOUND */
  async revoke(id: string): Promise<void> {
    await this.refresh();
    if (!this.#keys.some((key) => key.id === id))
      throw new SemblanceError('KEY_NOT_FOUND', `there is no key ${id}; semblance keys list shows the ids`);
    const revokedAt = new Date().toISOString();
    await this.#write(
      this.#keys.map((key) => (key.id === id && !key.revokedAt ? { ...key, revokedAt } : key)),
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
    return key;
  }

  /** Reads the file again if it has changed. */
  async refresh(): Promise<void> {
    const stats = await stat(this.#path, { bigint: true }).catch(() => null);
    const version = stats ? `${stats.mtimeNs} ${stats.ino} ${stats.size}` : '';
    if (version === this.#version) return;
    this.#keys = (await readCheckedFile(this.#path, content))?.keys ?? [];
    this.#version = version;
  }

  async #write(keys: StoredKey[]): Promise<void> {
    await writeJsonFile(
      this.#path,
      { format: 'semblance-keys/1', keys } satisfies z.output<typeof content>,
      0o600,
    );
    await this.refresh();
  }
}

/** Whether a key of one role may do what another role is asked for. */
export const reaches = (has: KeyRole, asked: KeyRole): boolean =>
  keyRoles.indexOf(has) >= keyRoles.indexOf(asked);
