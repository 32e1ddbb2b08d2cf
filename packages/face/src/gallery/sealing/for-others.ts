/**
 * Encrypting what is kept beside galleries: AES-256-GCM, by keys that the master key of galleries wraps.
 *
 * @module
 */

export { newKey, open, seal } from './cipher.ts';
export { unwrapKey, wrapKey } from './master-keys.ts';
