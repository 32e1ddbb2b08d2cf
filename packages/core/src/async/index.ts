/**
 * Work done ahead of whoever waits for it, and in turns with other work.
 *
 * @module
 */

export { inTurns } from './in-turns.ts';
export { mapAhead } from './map-ahead.ts';
