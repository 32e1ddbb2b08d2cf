/**
 * Backups of a service, made while it serves.
 *
 * @module
 */

export { type BackupOptions, backUp } from './backup.ts';
export type { Backup } from './backup-file.ts';
export { type RestoreOptions, restore } from './restore.ts';
