import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { SemblanceError } from '../error.ts';
import { NO_SEAL, readEnd, unsealed } from './audit-lines.ts';
import { AuditSecret } from './audit-secret.ts';
import type { AuditEntry } from './audited-change.ts';

/** What an audit's lines say of themselves. */
export interface AuditCheck {
  numLines: number;
  /** The seal of the last line that is whole and in its place: note it elsewhere, and an end that is cut off is noticed. */
  lastSeal: string;
  /** The first line that is not as it was written, and why; null where all are. */
  flaw: { line: number; why: string } | null;
}

/**
 * Reads an audit line by line, up to the first that is not as it was written.
 *
 * @param path an `audit.jsonl`; the secret lies beside it
 * @param options.folder where the secret lies, if not there
 * @param options.told given each entry that is as it was written
 * @throws SemblanceError PATH_NOT_FOUND; DATA_CORRUPT where the secret is damaged or gone
 * @example
 * ```ts
 * import { keysPath, KeyFile } from '@semblance/serve';
 * import { readAudit } from '@semblance/serve/audit';
 *
 * await (await KeyFile.open(keysPath('state'))).create('read');
 * const { numLines, flaw } = await readAudit('state/audit.jsonl');
 * console.log(numLines, flaw); // 2 null
 * ```
 */
export async function readAudit(
  path: string,
  { folder = dirname(path), told }: { folder?: string; told?(entry: AuditEntry): void } = {},
): Promise<AuditCheck> {
  const stats = await stat(path).catch(() => null);
  if (!stats?.isFile()) throw new SemblanceError('PATH_NOT_FOUND', `no such file: ${path}`);
  const secret = await AuditSecret.read(folder);
  if (secret === null) {
    throw new SemblanceError(
      'DATA_CORRUPT',
      `there is no audit.key in ${folder}: the lines cannot be verified`,
    );
  }
  const check: AuditCheck = { numLines: 0, lastSeal: NO_SEAL, flaw: null };
  await using file = await open(path, 'r');
  const { rest } = await readEnd(file, path);
  // a line that is just being written, or was cut off, is no line yet
  const end = stats.size - (unsealed(rest.toString(), secret) ? 0 : rest.length);
  if (end === 0) return check;
  const lines = createInterface({ input: createReadStream(path, { end: end - 1 }), crlfDelay: Infinity });
  for await (const line of lines) {
    const entry = unsealed(line, secret);
    const number = check.numLines + 1;
    if (entry === null) check.flaw = { line: number, why: 'it is not as it was written' };
    else if (entry.prev !== check.lastSeal)
      check.flaw = { line: number, why: 'the line before it is missing' };
    if (entry === null || check.flaw) break;
    check.numLines = number;
    check.lastSeal = entry.seal;
    told?.(entry);
  }
  return check;
}
