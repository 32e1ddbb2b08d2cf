import { decodeImage } from '@semblance/face/image';
import { Detector, type Session } from '@semblance/face/models';
import { facesInPhoto, type LabelledImage } from '@semblance/lab/datasets';
import { averagePrecision, type DetectionResult } from '@semblance/lab/metrics';
import { fromArray, noGrad, scope } from '@semblance/torch';
import { reasonOf, whyUnusable } from '../data/readable-image.ts';
import { type CreatedDetector, RetinaFaceInference } from '../detector/index.ts';
import { detectionDraft } from './detection-manifest.ts';

export interface ApOptions {
  /** Photos with a longer side than this are made smaller. */
  maxSide: number;
  /** Faces with a shorter side in the network's input are neither missed nor wrong when found. */
  minFace: number;
  /** Where the network is. */
  device: string;
  /** Is told of photos that cannot be read: their faces are not asked for. */
  onLeftOut?: (what: string) => void;
}

/**
 * Average precision of a network in training on held-out photos: VOC AP over scores > 0.02, NMS 0.4, IoU ≥ 0.5.
 *
 * The path is that of a deployed detector; only the network is run by libtorch. It must be in eval mode.
 *
 * @returns `valAp`, 0 to 1; null where no photo with a face that counts can be read
 */
export async function evaluateAp(
  detector: CreatedDetector,
  images: readonly LabelledImage[],
  { maxSide, minFace, device, onLeftOut = () => {} }: ApOptions,
): Promise<{ valAp: number } | null> {
  const manifest = {
    ...detectionDraft(detector.dialect, 'in training'),
    format: 'semblance-model/1' as const,
    createdAt: '',
    files: { 'model.onnx': { sha256: '', sizeBytes: 0 } },
  };
  const finder = new Detector(manifest, networkSession(detector, device));
  const results: DetectionResult[] = [];
  for (const { path, faces } of images) {
    const image = await decodeImage(path).catch((error: unknown) => {
      if (whyUnusable(error) !== 'unreadable') throw error;
      onLeftOut(reasonOf(path, 'unreadable'));
      return null;
    });
    if (image === null) continue;
    const ratio = Math.min(1, maxSide / Math.max(image.width, image.height));
    const truth = facesInPhoto(faces, image).faces.map(({ box, invalid }) => {
      const side = Math.min(box[2] - box[0], box[3] - box[1]);
      return { box, ignore: invalid || side * ratio < minFace };
    });
    results.push({ found: await finder.detect(image, { scoreThreshold: 0.02, maxSide }), truth });
  }
  if (results.every(({ truth }) => truth.every(({ ignore }) => ignore))) return null;
  return { valAp: averagePrecision(results) };
}

/** The network as what a detector runs. */
function networkSession({ network }: CreatedDetector, device: string): Session {
  const inference = new RetinaFaceInference(network);
  return {
    inputs: [],
    outputs: [],
    runsAtOnce: 1,
    allocate: (length) => new Float32Array(length),
    async run(data, shape) {
      using _ = scope();
      const [boxes, scores, landmarks] = noGrad(() =>
        inference.forward(fromArray(data, shape, { device }).contiguous({ memory_format: 'channels_last' })),
      );
      const values = (tensor: typeof boxes) => tensor.toArray() as Float32Array;
      return { boxes: values(boxes), scores: values(scores), landmarks: values(landmarks) };
    },
    async close() {},
    async [Symbol.asyncDispose]() {},
  };
}
