import type { LoadOptions } from './load.ts';

/** From so many photos on, threads of their own for the networks save more than the third of a second they take to start. */
const ENOUGH_PHOTOS = 32;

/** How models are loaded that so many photos will go through, several of them at a time. */
export function loadForPhotos(numPhotos: number): LoadOptions {
  return numPhotos >= ENOUGH_PHOTOS ? { runners: 'auto' } : {};
}
