import { boxesOnly } from './boxes-only.ts';
import type { DetectorHead } from './head.ts';
import { retinaface } from './retinaface.ts';
import { scrfd } from './scrfd.ts';
import { yunet } from './yunet.ts';

/** Detector heads by the name a manifest gives: adding one is one file and one line. */
export const detectorHeads: Record<string, DetectorHead> = {
  retinaface,
  yunet,
  scrfd,
  'boxes-only': boxesOnly,
};
