/**
 * PostgreSQL: addresses without their passwords, connections that come back, what went wrong.
 *
 * @module
 */

export { checkAddress, isPostgresAddress, shownAddress } from './address.ts';
export { isAway, PASSWORD_PLACES, type PostgresFault, postgresFault } from './fault.ts';
export { PostgresPool, type PostgresPoolOptions } from './pool.ts';
export { connectionSettings, loadPg } from './settings.ts';
