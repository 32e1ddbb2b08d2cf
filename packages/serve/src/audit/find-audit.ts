import { join } from 'node:path';
import { isSemblanceError } from '../error.ts';
import { NO_SEAL } from './audit-lines.ts';
import { AUDIT_FILE } from './audit-log.ts';
import { AuditSecret } from './audit-secret.ts';
import type { AuditEntry } from './audited-change.ts';
import { type AuditCheck, readAudit } from './read-audit.ts';

/** Which lines of an audit are looked for; what is not given, any. */
export interface AuditFilter {
  action?: string | undefined;
  /** The id of a key, `the service`, or `the command line`. */
  by?: string | undefined;
  /** `done`, `begun`, or `failed` for all of these. */
  outcome?: string | undefined;
  /** A person's name: the audit holds what it is hashed to. */
  subject?: string | undefined;
  /** Only lines before this one. */
  before?: number | undefined;
}

/** A line of an audit with its number, from 1. */
export type NumberedEntry = AuditEntry & { line: number };

export interface FoundAudit extends AuditCheck {
  /** Those that were looked for, the newest first. */
  entries: NumberedEntry[];
  /** How many there are, of which {@link entries} holds the newest. */
  numFound: number;
}

/**
 * Looks through the audit of a state folder, all of whose lines are verified on the way; one that was not begun is empty.
 *
 * @param limit the most that are given
 * @throws SemblanceError DATA_CORRUPT where its secret is damaged or gone, and those of the disk
 */
export async function findAudit(folder: string, filter: AuditFilter, limit: number): Promise<FoundAudit> {
  const { subject, before = Infinity } = filter;
  const hash = subject === undefined ? undefined : ((await AuditSecret.read(folder))?.hashOf(subject) ?? '');
  const found: NumberedEntry[] = [];
  let [line, numFound] = [0, 0];
  const told = (entry: AuditEntry): void => {
    line++;
    if (line >= before || !isWanted(entry, filter, hash)) return;
    numFound++;
    found.push({ ...entry, line });
    // an audit is long, and little of it is asked for
    if (found.length >= 2 * limit) found.splice(0, limit);
  };
  try {
    const check = await readAudit(join(folder, AUDIT_FILE), { told });
    return { ...check, numFound, entries: found.slice(-limit).reverse() };
  } catch (error) {
    if (!isSemblanceError(error, 'PATH_NOT_FOUND')) throw error;
    return { numLines: 0, lastSeal: NO_SEAL, flaw: null, numFound: 0, entries: [] };
  }
}

const isWanted = (
  entry: AuditEntry,
  { action, by, outcome }: AuditFilter,
  hash: string | undefined,
): boolean =>
  (action === undefined || entry.action === action) &&
  (by === undefined || entry.by === by) &&
  (outcome === undefined || entry.outcome.startsWith(outcome)) &&
  (hash === undefined || entry.subject === hash || entry.to === hash);
