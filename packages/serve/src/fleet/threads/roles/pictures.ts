import { alignFaces } from '@semblance/face/align';
import type { Box, Face, Landmarks } from '@semblance/face/geometry';
import { encodeJpeg, openPhoto, type Photo } from '@semblance/face/image';
import {
  type DetectOptions,
  Detector,
  type Manifest,
  type OutputTensor,
  openModel,
} from '@semblance/face/models';
import { faceQuality } from '@semblance/face/pipeline';
import { SemblanceError } from '../../../error.ts';
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
  /** Reading and decoding; a large photo is decoded while faces are found. */
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

    async function cut(photo: Photo, faces: Face[], { cropSize, withJpeg }: FacesRequest) {
      if (!detector.hasLandmarks) {
        return faces.map((face): FoundFace => ({ ...face, quality: null, crop: null, jpeg: null }));
      }
      const landmarks = faces.map((face) => face.landmarks!);
      const crops = await alignFaces(photo, landmarks, cropSize ?? 112);
      const found: FoundFace[] = [];
      for (const [i, face] of faces.entries()) {
        const crop = crops[i]!;
        const quality = faceQuality(face, crop).quality;
        const jpeg = cropSize !== null && withJpeg ? new Uint8Array(await encodeJpeg(crop)) : null;
        found.push({ ...face, quality, crop: cropSize === null ? null : crop.data, jpeg });
      }
      return found;
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
          const photo = await openPhoto(request.bytes, { maxPixels });
          const decoded = performance.now();
          const faces = await cut(photo, await detector.detect(photo, request.options), request);
          const detectMs = performance.now() - decoded;
          const { width, height } = photo;
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
