import { basename } from 'node:path';
import { SemblanceError } from '../error.ts';
import { encodeJpeg } from '../image/encode.ts';
import type { Picture } from '../image/photo.ts';
import type { DetectOptions } from '../models/detector.ts';
import { chooseSubject } from '../pipeline/choose-subject.ts';
import { type FaceDetector, FacePipeline, type FaceRecognizer } from '../pipeline/pipeline.ts';

export interface SubjectEmbedderOptions {
  detector: FaceDetector;
  recognizer: FaceRecognizer;
  detect?: DetectOptions;
  /** Keeps each aligned face as a JPEG of some 8 kB (true). */
  keepCrops?: boolean;
}

/** The face a photo is of, ready to be enrolled. */
export interface SubjectFace {
  embedding: Float32Array;
  quality: number;
  crop: Uint8Array | null;
  /** Faces in the photo, of which this one was chosen. */
  numFaces: number;
}

/**
 * Embeds, of each photo, the one face that it is of: {@link chooseSubject}. The others are not embedded.
 *
 * The function it gives throws SemblanceError NO_FACE where there is no face.
 */
export function subjectEmbedder({
  detector,
  recognizer,
  detect,
  keepCrops = true,
}: SubjectEmbedderOptions): (image: Picture, file: string) => Promise<SubjectFace> {
  return async (image, file) => {
    let numFaces = 0;
    const onlySubject: FaceDetector = {
      hasLandmarks: detector.hasLandmarks,
      async detect(picture, options) {
        const faces = await detector.detect(picture, options);
        numFaces = faces.length;
        const subject = chooseSubject(faces, picture.width, picture.height);
        return subject ? [subject] : [];
      },
    };
    const [face] = await new FacePipeline({ detector: onlySubject, recognizer }).embed(image, detect);
    if (!face) throw new SemblanceError('NO_FACE', `no face was found in ${basename(file)}`);
    const crop = keepCrops ? await encodeJpeg(face.crop) : null;
    return { embedding: face.embedding, quality: face.quality.quality, crop, numFaces };
  };
}
