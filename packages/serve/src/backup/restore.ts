import { copyFile, cp, readFile, rm } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { exists, hashFile, makeFolder, takeLock, writeFileAside } from '@semblance/core/files';
import { readCheckedFile } from '@semblance/core/schema';
import { AUDIT_FILE, auditOf } from '../audit/audit-log.ts';
import { theCommandLine } from '../audit/audited-change.ts';
import { COLLECTIONS } from '../collections/places.ts';
import { SemblanceError } from '../error.ts';
import { ignoreMissing } from './backup.ts';
import { BACKUP_FILE, type Backup, backupContent } from './backup-file.ts';

/** What of a service is restored, and must not be there. */
const OWN = [
  ...['keys.json', 'deployments.json', 'audit.key', AUDIT_FILE],
  ...['models', 'galleries', 'taken', COLLECTIONS],
];

export interface RestoreOptions {
  /** A folder that {@link backUp} made. */
  backup: string;
  /** The folder that the service is to have: new, or without anything of a service. */
  stateDir: string;
}

/**
 * Puts a backup back, for a service that is started afterwards. Galleries come to lie in the service's folder, wherever they were.
 *
 * People who were erased after the backup was made are in it, and are known again.
 *
 * @throws SemblanceError PATH_NOT_FOUND for what is no backup, DATA_CORRUPT for a damaged one; PATH_BUSY where a service has the
 *   folder, PATH_EXISTS where one had it; those of the disk. Nothing is left then.
 */
export async function restore({ backup, stateDir }: RestoreOptions): Promise<Backup> {
  const read = await readBackup(backup);
  const state = resolve(stateDir);
  await makeFolder(state, { mode: 0o700 });
  const words = { what: `the state folder ${stateDir}`, holder: 'a restore' };
  using _lock = takeLock(join(state, 'service.lock'), words);
  for (const name of OWN) {
    if (await exists(join(state, name))) {
      const advice = 'move it away, or restore into another folder';
      throw new SemblanceError('PATH_EXISTS', `${join(stateDir, name)} is there already: ${advice}`);
    }
  }
  try {
    for (const name of ['audit.key', AUDIT_FILE])
      await copyFile(join(backup, 'state', name), join(state, name)).catch(ignoreMissing);
    const models = join(backup, 'state', 'models');
    await cp(models, join(state, 'models'), { recursive: true }).catch(ignoreMissing);
    const collections = join(backup, 'state', COLLECTIONS);
    await cp(collections, join(state, COLLECTIONS), { recursive: true }).catch(ignoreMissing);
    const places = new Map<string, string>();
    for (const { path, at } of read.galleries) {
      const to = join(state, 'taken', `restored-${places.size}`);
      await makeFolder(dirname(to), { mode: 0o700 });
      await cp(join(backup, at), to, { recursive: true });
      places.set(path, to);
    }
    const change = { action: 'restore', ...theCommandLine, target: read.createdAt } as const;
    await auditOf(state).around(change, async () => {
      const text = await readFile(join(backup, 'state', 'deployments.json'), 'utf8').catch(ignoreMissing);
      if (text !== undefined)
        await writeFileAside(
          join(state, 'deployments.json'),
          moved(text, places, read.stateDir, state),
          0o600,
        );
      // the last: without keys nobody is let in
      const keys = await readFile(join(backup, 'state', 'keys.json'));
      await writeFileAside(join(state, 'keys.json'), keys, 0o600);
    });
    return read;
  } catch (error) {
    for (const name of OWN) await rm(join(state, name), { recursive: true, force: true });
    throw error;
  }
}

async function readBackup(backup: string): Promise<Backup> {
  const read = await readCheckedFile(join(backup, BACKUP_FILE), backupContent);
  if (read === null)
    throw new SemblanceError('PATH_NOT_FOUND', `${backup} is not a backup: it has no ${BACKUP_FILE}`);
  for (const [name, hash] of Object.entries(read.files)) {
    const path = join(backup, name);
    if (!(await exists(path)) || (await hashFile(path)) !== hash)
      throw new SemblanceError('DATA_CORRUPT', `${path} is damaged or missing: nothing was restored`);
  }
  return read;
}

/** Deployments whose galleries, and models of the service's own, lie elsewhere now. */
function moved(text: string, places: ReadonlyMap<string, string>, from: string, to: string): string {
  const place = (value: unknown): unknown => {
    if (typeof value !== 'string') return value;
    return places.get(value) ?? (value.startsWith(from + sep) ? join(to, value.slice(from.length)) : value);
  };
  const content = JSON.parse(text) as { revisions: { entries: Record<string, unknown>[] }[] };
  for (const { entries } of content.revisions)
    for (const entry of entries)
      for (const key of ['detector', 'recognizer', 'gallery', 'origin'])
        if (key in entry) entry[key] = place(entry[key]);
  return `${JSON.stringify(content, null, 2)}\n`;
}
