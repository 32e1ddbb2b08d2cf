export { mapAhead } from './map-ahead.ts';
