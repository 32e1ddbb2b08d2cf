import { z } from 'zod';

/** What a backup says of itself. */
export const BACKUP_FILE = 'backup.json';
/** What the file of subjects without a face is called, after that of the gallery. */
export const NAMES_FILE = '.subjects.json';

/** A path that stays in the backup. */
const inside = z
  .string()
  .regex(/^(?!.*(^|[/\\])\.\.([/\\]|$))[^/\\].*$/)
  .meta({ expected: 'a path within the backup' });

export const backupContent = z.looseObject({
  format: z.literal('semblance-backup/1'),
  createdAt: z.string(),
  /** Where the service's folder was. */
  stateDir: z.string(),
  /** Galleries by the path that deployments name, and where they are in the backup. */
  galleries: z.array(z.object({ path: z.string(), at: inside })),
  /** SHA-256 of each file, by its path in the backup. */
  files: z.record(inside, z.string()),
});

/** A backup of a service. */
export interface Backup {
  format: 'semblance-backup/1';
  createdAt: string;
  stateDir: string;
  galleries: { path: string; at: string }[];
  files: Record<string, string>;
}
