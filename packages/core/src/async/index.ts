/**
 * Work done ahead of whoever waits for it.
 *
 * @module
 */

export { mapAhead } from './map-ahead.ts';
