import {
  alignFace,
  type Box,
  type DetectOptions,
  Detector,
  decodeImage,
  encodeJpeg,
  type Face,
  faceQuality,
  type Image,
  type Landmarks,
  type Manifest,
  type OutputTensor,
  openModel,
  SemblanceError,
} from '@semblance/face';
import type { Answer } from '../role.ts';

export interface PicturesData {
  /** Path of the model. */
  detector: string;
  /** Threads within one run of the network. */
  threads: number;
  maxPixels: number;
}

export interface FacesRequest {
  /** The encoded picture. */
  bytes: Uint8Array;
  options: DetectOptions;
  /** Side of the aligned crops that are wanted; null for none. */
  cropSize: number | null;
  /** Whether the crops are wanted as JPEG as well. */
  withJpeg: boolean;
}

/** A face found, with what the next thread needs of it. */
export interface FoundFace {
  box: Box;
  score: number;
  landmarks: Landmarks | null;
  /** 0 to 1; null where there are no landmarks to judge it by. */
  quality: number | null;
  /** cropSize × cropSize × 3 bytes. */
  crop: Uint8Array | null;
  jpeg: Uint8Array | null;
}

export interface FacesFound {
  width: number;
  height: number;
  faces: FoundFace[];
  decodeMs: number;
  detectMs: number;
}

/** Decodes pictures, finds the faces and cuts them out. */
export const picturesRole = {
  async open({ detector: path, threads, maxPixels }: PicturesData) {
    const { manifest, session } = await openModel(path, { threads });
    if (manifest.task !== 'detection') {
      await session.dispose();
      throw new SemblanceError(
        'MODEL_WRONG_TASK',
        `${path} is a ${manifest.task} model, and a detector is needed`,
      );
    }
    const detector = new Detector(manifest, session);

    async function cut(picture: Image, face: Face, { cropSize, withJpeg }: FacesRequest): Promise<FoundFace> {
      if (face.landmarks === null) return { ...face, quality: null, crop: null, jpeg: null };
      const crop = alignFace(picture, face.landmarks, cropSize ?? 112);
      const quality = faceQuality(face, crop).quality;
      if (cropSize === null) return { ...face, quality, crop: null, jpeg: null };
      const jpeg = withJpeg ? new Uint8Array(await encodeJpeg(crop)) : null;
      return { ...face, quality, crop: crop.data, jpeg };
    }

    return {
      methods: {
        info: (_: null): Answer<{ id: string; hasLandmarks: boolean; manifest: Manifest; ports: Ports }> => ({
          value: {
            id: detector.id,
            hasLandmarks: detector.hasLandmarks,
            manifest,
            ports: { inputs: session.inputs, outputs: session.outputs },
          },
        }),
        async faces(request: FacesRequest): Promise<Answer<FacesFound>> {
          const start = performance.now();
          const picture = await decodeImage(request.bytes, { maxPixels });
          const decoded = performance.now();
          const found = await detector.detect(picture, request.options);
          const faces: FoundFace[] = [];
          for (const face of found) faces.push(await cut(picture, face, request));
          const detectMs = performance.now() - decoded;
          const { width, height } = picture;
          return { value: { width, height, faces, decodeMs: decoded - start, detectMs } };
        },
        infer: async ({ data, shape }: RawInput): Promise<Answer<OutputTensor[]>> => ({
          value: await session.infer(data, shape),
        }),
      },
      close: () => detector.dispose(),
    };
  },
};

export interface RawInput {
  data: Float32Array;
  shape: number[];
}

export interface Ports {
  inputs: { name: string; shape: (number | null)[] }[];
  outputs: { name: string; shape: (number | null)[] }[];
}
