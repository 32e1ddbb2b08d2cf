/**
 * The roles of API keys, without what reads key files.
 *
 * @module
 */

/**
 * What a key opens, each role with what those before it open.
 *
 * @example
 * ```ts
 * import { keyRoles } from '@semblance/serve';
 *
 * console.log(keyRoles); // [ 'read', 'enrol', 'admin' ]
 * ```
 */
export const keyRoles = ['read', 'enrol', 'admin'] as const;
export type KeyRole = (typeof keyRoles)[number];
