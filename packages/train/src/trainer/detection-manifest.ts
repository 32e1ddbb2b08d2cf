import type { DetectionManifest } from '@semblance/face/models';
import type { RetinaFaceDialect } from '../detector/index.ts';

/** What a manifest says of a detector of ours besides how it came to be. */
export function detectionDraft(
  dialect: RetinaFaceDialect,
  architecture: string,
): Pick<DetectionManifest, 'task' | 'architecture' | 'input' | 'detector'> {
  return {
    task: 'detection',
    architecture,
    input: {
      name: 'input',
      width: null,
      height: null,
      multipleOf: Math.max(32, dialect.strides.at(-1)!),
      batch: null,
      channels: 'BGR',
      mean: [...dialect.meanBgr],
      std: [1, 1, 1],
    },
    detector: {
      head: 'retinaface',
      outputs: { boxes: ['boxes'], scores: ['scores'], landmarks: ['landmarks'] },
      strides: dialect.strides,
      minSizes: dialect.minSizes,
      variances: [0.1, 0.2],
      anchorsPerCell: dialect.minSizes[0]!.length,
      scores: 'probabilities',
      landmarks: true,
    },
  };
}
