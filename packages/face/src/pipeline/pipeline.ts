import { alignFaces } from '../align/align-faces.ts';
import { SemblanceError } from '../error.ts';
import type { Box, Face, Landmarks } from '../geometry/types.ts';
import type { Image } from '../image/image.ts';
import type { Picture } from '../image/photo.ts';
import type { DetectOptions } from '../models/detector.ts';
import { type DecisionOptions, decide, type Reason } from './decide.ts';
import type { GallerySearch, SearchHit } from './gallery-search.ts';
import { faceQuality, type Quality } from './quality.ts';

/** What the pipeline asks of a detector. */
export interface FaceDetector {
  readonly hasLandmarks: boolean;
  detect(image: Picture, options?: DetectOptions): Promise<Face[]>;
}

/** What the pipeline asks of a recognizer. */
export interface FaceRecognizer {
  readonly id: string;
  readonly cropSize: number;
  embed(crops: Image[]): Promise<Float32Array[]>;
}

export interface PipelineParts {
  detector: FaceDetector;
  recognizer: FaceRecognizer;
  gallery?: GallerySearch;
}

export interface RecognizeOptions extends DetectOptions, DecisionOptions {}

/** A face with what it is recognised by. */
export interface EmbeddedFace extends Face {
  landmarks: Landmarks;
  /** The aligned crop. */
  crop: Image;
  /** A unit vector. */
  embedding: Float32Array;
  quality: Quality;
}

/** A face with the answer: one entry of `faces` in the JSON of `recognize`. */
export interface RecognizedFace {
  box: Box;
  score: number;
  landmarks: Landmarks;
  quality: number;
  /** The subject, or null with the reason. */
  match: SearchHit | null;
  reason: Reason | null;
  /** Cosine from which a face counts as a subject; null where there is none. */
  threshold: number | null;
  /** The nearest subjects, best first, whether or not they reach the threshold. */
  candidates: SearchHit[];
}

/** Candidates of each face. */
const NUM_CANDIDATES = 3;

/** From a picture to who is in it: detect → align → embed → search. */
export class FacePipeline {
  readonly #detector: FaceDetector;
  readonly #recognizer: FaceRecognizer;
  readonly #gallery: GallerySearch | undefined;

  /**
   * @throws SemblanceError MODEL_NO_LANDMARKS if the detector cannot feed alignment,
   * GALLERY_MODEL_MISMATCH if the gallery holds embeddings of another model.
   */
  constructor({ detector, recognizer, gallery }: PipelineParts) {
    if (!detector.hasLandmarks) throw new SemblanceError('MODEL_NO_LANDMARKS');
    if (gallery && gallery.meta.modelId !== recognizer.id) {
      const message = `the gallery was built with ${gallery.meta.modelId}, and the recognizer is ${recognizer.id}`;
      throw new SemblanceError('GALLERY_MODEL_MISMATCH', message);
    }
    this.#detector = detector;
    this.#recognizer = recognizer;
    this.#gallery = gallery;
  }

  /** Finds the faces of a picture and embeds them, best-scored first. */
  async embed(image: Picture, options: DetectOptions = {}): Promise<EmbeddedFace[]> {
    const faces = (await this.#detector.detect(image, options)).filter((face) => face.landmarks !== null);
    const landmarks = faces.map((face) => face.landmarks!);
    const crops = await alignFaces(image, landmarks, this.#recognizer.cropSize);
    const embeddings = await this.#recognizer.embed(crops);
    return faces.map((face, i) => ({
      ...face,
      landmarks: face.landmarks!,
      crop: crops[i]!,
      embedding: embeddings[i]!,
      quality: faceQuality(face, crops[i]!),
    }));
  }

  /** Says who is in a picture: each face with its match, or with the reason why it has none. */
  async recognize(image: Picture, options: RecognizeOptions = {}): Promise<RecognizedFace[]> {
    const faces = await this.embed(image, options);
    const results: RecognizedFace[] = [];
    for (const { box, score, landmarks, quality, embedding } of faces) {
      const hits = (await this.#gallery?.search(embedding, NUM_CANDIDATES)) ?? null;
      const decision = decide(hits, quality.quality, this.#gallery?.threshold ?? null, options);
      results.push({ box, score, landmarks, quality: quality.quality, ...decision, candidates: hits ?? [] });
    }
    return results;
  }
}
