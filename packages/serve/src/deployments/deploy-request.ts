import { resolve } from 'node:path';
import { SemblanceError } from '../error.ts';
import { galleryKey } from '../fleet/gallery-hosts.ts';
import type { RevisionEntry } from './revision.ts';

/** What is to be deployed; what is not given stays as it is. */
export interface DeployRequest {
  name: string;
  detector?: string;
  recognizer?: string;
  gallery?: string;
  /** Copies the gallery into the service's folder: what is enrolled then changes nothing where it came from. */
  copyGallery?: boolean;
  /** Percent of the requests (100). */
  weight?: number;
}

/**
 * The entry that a request makes; what it leaves out is as in `base`, the entry that serves most.
 *
 * @throws SemblanceError REQUEST_INVALID, DEPLOYMENT_REFUSED where no model is named and none serves.
 */
export function entryOf(
  { name, weight = 100, ...given }: DeployRequest,
  base: RevisionEntry | undefined,
): RevisionEntry {
  if (!Number.isInteger(weight) || weight < 1 || weight > 100) {
    throw new SemblanceError(
      'REQUEST_INVALID',
      `expected a whole percent from 1 to 100 for weight but received ${weight}`,
    );
  }
  const detector = given.detector ?? base?.detector;
  const recognizer = given.recognizer ?? base?.recognizer;
  if (!detector || !recognizer) {
    throw new SemblanceError('DEPLOYMENT_REFUSED', 'the first deployment needs a detector and a recognizer');
  }
  const gallery = given.gallery === undefined ? (base?.gallery ?? null) : galleryKey(given.gallery);
  return {
    ...{ name, weight, gallery },
    detector: resolve(detector),
    recognizer: resolve(recognizer),
    origin: given.gallery === undefined ? (base?.origin ?? null) : gallery,
  };
}
