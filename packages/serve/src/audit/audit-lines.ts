import type { FileHandle } from 'node:fs/promises';
import { SemblanceError } from '../error.ts';
import type { AuditSecret } from './audit-secret.ts';
import type { AuditEntry } from './audited-change.ts';

/** What the first line of a file goes on from. */
export const NO_SEAL = '0'.repeat(64);

/** Beyond this a line is none of ours. */
const MOST_LINE_BYTES = 64 << 20;
const NEWLINE = 0x0a;

/** A line, with its newline, that holds an entry. */
export function sealed(entry: Omit<AuditEntry, 'seal'>, secret: AuditSecret): { line: string; seal: string } {
  const body = JSON.stringify(entry).slice(0, -1);
  const seal = secret.sealOf(body);
  return { line: `${body},"seal":"${seal}"}\n`, seal };
}

/** The entry of a line without its newline; null where it is not whole, or not as it was written. */
export function unsealed(line: string, secret: AuditSecret): AuditEntry | null {
  const [, body = '', seal] = /^(.*),"seal":"([0-9a-f]{64})"\}$/.exec(line) ?? [];
  return secret.sealOf(body) === seal ? (JSON.parse(line) as AuditEntry) : null;
}

/** How a file ends: its last whole line, and what stands after that. */
export interface End {
  line: string | null;
  rest: Buffer;
}

/** @throws SemblanceError DATA_CORRUPT where it has no lines as ours */
export async function readEnd(file: FileHandle, path: string): Promise<End> {
  const { size } = await file.stat();
  for (let numBytes = 1 << 16; ; numBytes *= 8) {
    const from = Math.max(0, size - numBytes);
    const buffer = Buffer.alloc(size - from);
    await file.read(buffer, 0, buffer.length, from);
    const end = buffer.lastIndexOf(NEWLINE);
    // of -1 the search would begin at the end again
    const start = end > 0 ? buffer.lastIndexOf(NEWLINE, end - 1) : -1;
    if (from === 0 || start >= 0) {
      return {
        line: end < 0 ? null : buffer.subarray(start + 1, end).toString(),
        rest: buffer.subarray(end + 1),
      };
    }
    if (numBytes > MOST_LINE_BYTES) throw notOurs(path);
  }
}

/** The refusal of a file that cannot be added to. */
export const notOurs = (path: string): SemblanceError =>
  new SemblanceError(
    'DATA_CORRUPT',
    `${path} is damaged or was changed: semblance audit verify says where; move it away, and a new one begins`,
  );
