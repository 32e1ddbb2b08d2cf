import { createHmac, randomBytes } from 'node:crypto';
import { link, open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { asidePath, withPath } from '@semblance/core/files';
import { SemblanceError } from '../error.ts';

/** The file of a state folder that lines are sealed and names are hashed with. */
const SECRET_FILE = 'audit.key';

/** The secret of an audit. */
export class AuditSecret {
  readonly #bytes: Buffer;

  private constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /**
   * That of a state folder: 32 bytes in hexadecimal digits in a file of mode 600.
   *
   * @param isToBeMade whether one is made where there is none; null comes back where not
   * @throws SemblanceError DATA_CORRUPT, and those of the disk
   */
  static async read(folder: string): Promise<AuditSecret | null>;
  static async read(folder: string, isToBeMade: true): Promise<AuditSecret>;
  static async read(folder: string, isToBeMade = false): Promise<AuditSecret | null> {
    const path = join(folder, SECRET_FILE);
    const text = (await readIfThere(path)) ?? (isToBeMade ? await make(path) : null);
    if (text === null) return null;
    if (/^[0-9a-f]{64}\n?$/.test(text)) return new AuditSecret(Buffer.from(text.trim(), 'hex'));
    const elsewhere = 'restore it from a backup, or move it and audit.jsonl away and both begin anew';
    throw new SemblanceError('DATA_CORRUPT', `${path} is damaged: ${elsewhere}`);
  }

  /** What stands for a name: whoever lacks the secret cannot try names against it. Case makes no difference. */
  hashOf(name: string): string {
    return this.#of('name', name.normalize('NFC').toLowerCase());
  }

  /** The seal of a line. */
  sealOf(body: string): string {
    return this.#of('line', body);
  }

  /** What stands for a name is no seal of a line with the same text. */
  #of(kind: 'name' | 'line', text: string): string {
    return createHmac('sha256', this.#bytes).update(`${kind}\n${text}`).digest('hex');
  }
}

async function readIfThere(path: string): Promise<string | null> {
  const stats = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return null;
  });
  if (stats === null) return null;
  // what is no file, as a pipe, would keep us waiting
  if (!stats.isFile()) throw new SemblanceError('DATA_CORRUPT', `${path} is not a file`);
  return readFile(path, 'utf8');
}

/** Whole or not at all; of several that make it at a time the first stays. */
async function make(path: string): Promise<string> {
  const aside = asidePath(path);
  try {
    {
      await using file = await open(aside, 'wx', 0o600);
      await file.writeFile(`${randomBytes(32).toString('hex')}\n`);
      await file.sync();
    }
    await link(aside, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    return await readFile(path, 'utf8');
  } catch (error) {
    throw withPath(error, path);
  } finally {
    await rm(aside, { force: true });
  }
}
