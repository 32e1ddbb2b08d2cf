/**
 * API keys and their roles.
 *
 * @module
 */

export { isExpired, KeyFile } from './key-file.ts';
export { type KeyRole, keyRoles } from './roles.ts';
