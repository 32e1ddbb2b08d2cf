/** What a key opens, each role with what those before it open. */
export const keyRoles = ['read', 'enrol', 'admin'] as const;
export type KeyRole = (typeof keyRoles)[number];
