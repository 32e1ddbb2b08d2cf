/**
 * The audit of a service: who changed what.
 *
 * @module
 */

export { AUDIT_FILE } from './audit-log.ts';
export { AuditSecret } from './audit-secret.ts';
export type { Actor, AuditEntry, AuditedChange } from './audited-change.ts';
export { type AuditCheck, readAudit } from './read-audit.ts';
