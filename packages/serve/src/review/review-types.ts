import type { ServiceLog } from '../log/service-log.ts';
import type { FaceGroup, UnknownFace } from './review-file.ts';

/** How the recognizer that serves sees faces. */
export interface Recognizing {
  modelId: string;
  /** Mean similarity from which faces are one person's, see `clusterThreshold`. */
  threshold: number;
  /** Embeds crops that were kept as JPEG. */
  embed(jpegs: Uint8Array[]): Promise<Float32Array[]>;
}

export type NewUnknown = Omit<UnknownFace, 'id' | 'group' | 'atMs'> & { crop: Uint8Array };
/** A group with its faces, the clearest first. */
export type GroupOfFaces = FaceGroup & { faces: UnknownFace[] };

export interface ReviewOptions {
  path: string;
  /** How long faces are kept. */
  days: number;
  log: ServiceLog;
  now?(): number;
}
