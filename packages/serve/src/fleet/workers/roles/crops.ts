import { decodeImage, type Image } from '@semblance/face/image';
import {
  type ImpostorCurve,
  type Manifest,
  type OutputTensor,
  openModel,
  Recognizer,
} from '@semblance/face/models';
import type { Threshold } from '@semblance/face/pipeline';
import { SemblanceError } from '../../../error.ts';
import type { Ports, RawInput } from './pictures.ts';

export interface CropsData {
  /** Path of the model. */
  recognizer: string;
  threads: number;
}

export interface RecognizerInfo {
  id: string;
  embeddingSize: number;
  cropSize: number;
  threshold: Threshold | null;
  impostors: ImpostorCurve | null;
  manifest: Manifest;
  ports: Ports;
}

/** Embeds aligned crops. */
export const cropsRole = {
  async open({ recognizer: path, threads }: CropsData) {
    const { manifest, session } = await openModel(path, { threads });
    if (manifest.task !== 'recognition') {
      await session.close();
      const message = `${path} is a ${manifest.task} model, but a recognizer is needed`;
      throw new SemblanceError('MODEL_WRONG_TASK', message);
    }
    const recognizer = new Recognizer(manifest, session);
    const { id, embeddingSize, cropSize } = recognizer;

    return {
      methods: {
        info: (_: null): RecognizerInfo => ({
          ...{ id, embeddingSize, cropSize, manifest },
          threshold: recognizer.threshold,
          impostors: recognizer.impostors,
          ports: { inputs: session.inputs, outputs: session.outputs },
        }),
        /** One unit vector for each crop. */
        embed: async (crops: Image[]): Promise<Float32Array[]> => recognizer.embed(crops),
        /** The same of crops kept as JPEG. */
        async embedJpegs(jpegs: Uint8Array[]): Promise<Float32Array[]> {
          const images = [];
          for (const jpeg of jpegs) images.push(await decodeImage(jpeg));
          return recognizer.embed(images);
        },
        infer: async ({ data, shape }: RawInput): Promise<OutputTensor[]> => session.infer(data, shape),
      },
      close: () => recognizer.close(),
    };
  },
};
