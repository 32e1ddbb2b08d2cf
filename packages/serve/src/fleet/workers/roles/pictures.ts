import type { Call } from '@semblance/core/channel';
import { Detector, type Manifest, type OutputTensor, openModel } from '@semblance/face/models';
import { createFinder, type FoundPicture, type PicturePlan } from '@semblance/face/pipeline';
import { SemblanceError } from '../../../error.ts';

export interface PicturesData {
  /** Path of the model. */
  detector: string;
  /** Threads within one run of the network. */
  threads: number;
  maxPixels: number;
  /** Most faces of a picture: the best-scored are given. */
  maxFaces: number;
}

export interface FindRequest {
  /** The encoded picture. */
  bytes: Uint8Array;
  plan: PicturePlan;
}

/** The first stages of the pipeline: opens pictures, finds the faces and cuts them out. */
export const picturesRole = {
  async open({ detector: path, threads, maxPixels, maxFaces }: PicturesData) {
    const { manifest, session } = await openModel(path, { threads });
    if (manifest.task !== 'detection') {
      await session.close();
      throw new SemblanceError(
        'MODEL_WRONG_TASK',
        `${path} is a ${manifest.task} model, but a detector is needed`,
      );
    }
    const detector = new Detector(manifest, session);
    const finder = createFinder(detector);

    return {
      methods: {
        info: (_: null): { id: string; hasLandmarks: boolean; manifest: Manifest; ports: Ports } => ({
          id: detector.id,
          hasLandmarks: detector.hasLandmarks,
          manifest,
          ports: { inputs: session.inputs, outputs: session.outputs },
        }),
        find: async ({ bytes, plan }: FindRequest, { signal }: Call): Promise<FoundPicture> => {
          const { decode, maxFaces: wanted = maxFaces } = plan;
          const within = { decode: { ...decode, maxPixels }, maxFaces: Math.min(wanted, maxFaces) };
          return finder.find(bytes, { ...plan, ...within }, signal);
        },
        infer: async ({ data, shape }: RawInput): Promise<OutputTensor[]> => session.infer(data, shape),
      },
      close: () => detector.close(),
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
