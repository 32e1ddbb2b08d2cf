import type { BatchMaker, DetectionBatch, RecognitionBatch } from './batch-maker.ts';
import { type DetectionConfig, detectionBatches } from './detection-batches.ts';
import { type RecognitionConfig, recognitionBatches } from './recognition-batches.ts';

/** What a worker thread is started with. */
export type MakerConfig =
  | { kind: 'recognition'; config: RecognitionConfig }
  | { kind: 'detection'; config: DetectionConfig };

export interface BatchOf {
  recognition: RecognitionBatch;
  detection: DetectionBatch;
}

/** The maker of a kind of batches: adding a kind is one file and one line. */
export function createMaker(maker: MakerConfig): BatchMaker<RecognitionBatch | DetectionBatch> {
  return maker.kind === 'recognition' ? recognitionBatches(maker.config) : detectionBatches(maker.config);
}
