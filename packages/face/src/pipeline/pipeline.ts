import { SemblanceError } from '../error.ts';
import type { Box, Landmarks } from '../geometry/types.ts';
import { type DecisionOptions, decide, type Reason } from './decide.ts';
import { createFinder } from './finder.ts';
import type { GallerySearch, SearchHit } from './gallery-search.ts';
import type {
  EmbeddedFace,
  FaceDetector,
  FaceFinder,
  FaceRecognizer,
  FoundFace,
  PicturePlan,
  PictureSource,
} from './stages.ts';

/** The stages of a pipeline: a detector, or a finder in its place. */
export type PipelineParts<Source = PictureSource> = {
  recognizer: FaceRecognizer;
  gallery?: GallerySearch | null;
} & ({ detector: FaceDetector } | { finder: FaceFinder<Source> });

export interface RecognizeOptions extends PicturePlan, DecisionOptions {
  /** Subjects named for each face (3). */
  numCandidates?: number;
}

/** A picture's faces, with how long each stage took. */
export interface SeenPicture<F> {
  width: number;
  height: number;
  faces: F[];
  /** Faces that were detected. */
  numFaces: number;
  timing: Timing;
}

export interface Timing {
  decodeMs: number;
  detectMs: number;
  embedMs: number;
  searchMs: number;
}

/** The answer for a face. */
export interface Answer {
  /** The subject, or null with the reason. */
  match: SearchHit | null;
  reason: Reason | null;
  /** Cosine from which a face counts as a subject; null where there is none. */
  threshold: number | null;
  /** The nearest subjects, best first, whether or not they reach the threshold. */
  candidates: SearchHit[];
}

/** A face with the answer: one entry of `faces` in the JSON of `recognize`. */
export interface RecognizedFace extends Answer {
  box: Box;
  score: number;
  landmarks: Landmarks;
  quality: number;
}

/**
 * From a picture to who is in it: open → detect → align → embed → search. All that looks at faces runs this one:
 * recognizing, building galleries, evaluating, cutting training data out, and the service, whose stages are in threads.
 *
 * @example
 * ```ts
 * import { FacePipeline, Gallery, loadDetector, loadRecognizer } from '@semblance/face';
 *
 * await using detector = await loadDetector('models/detector');
 * await using recognizer = await loadRecognizer('models/recognizer');
 * await using gallery = await Gallery.open('gallery', { modelId: recognizer.id });
 * const pipeline = new FacePipeline({ detector, recognizer, gallery });
 * for (const { match, reason } of await pipeline.recognize('people/ada/0.png'))
 *   console.log(match?.subject ?? `unknown: ${reason}`); // ada
 * ```
 */
export class FacePipeline<Source = PictureSource> {
  readonly #finder: FaceFinder<Source>;
  readonly #recognizer: FaceRecognizer;
  readonly #gallery: GallerySearch | null;

  /**
   * @throws SemblanceError MODEL_NO_LANDMARKS if the detector cannot feed alignment,
   * GALLERY_MODEL_MISMATCH if the gallery holds embeddings of another model.
   */
  constructor({ recognizer, gallery = null, ...first }: PipelineParts<Source>) {
    // over a detector the finder takes every source
    const finder = 'finder' in first ? first.finder : (createFinder(first.detector) as FaceFinder<Source>);
    if (!finder.hasLandmarks) throw new SemblanceError('MODEL_NO_LANDMARKS');
    if (gallery && gallery.meta.modelId !== recognizer.id) {
      const message = `the gallery was built with ${gallery.meta.modelId}, but the recognizer is ${recognizer.id}: load that one, or build the gallery again`;
      throw new SemblanceError('GALLERY_MODEL_MISMATCH', message);
    }
    this.#finder = finder;
    this.#recognizer = recognizer;
    this.#gallery = gallery;
  }

  /** Finds the faces of a picture and embeds them, best-scored first. */
  async embed(source: Source, plan: PicturePlan = {}): Promise<EmbeddedFace[]> {
    return (await this.embedPicture(source, plan)).faces;
  }

  /** Says who is in a picture: each face with its match, or with the reason why it has none. */
  async recognize(source: Source, options: RecognizeOptions = {}): Promise<RecognizedFace[]> {
    const { faces } = await this.recognizePicture(source, options);
    return faces.map(({ crop, jpeg, embedding, quality, ...face }) => ({
      ...face,
      quality: quality.quality,
    }));
  }

  /** {@link embed} with the picture's size and the time taken. */
  async embedPicture(source: Source, plan: PicturePlan = {}): Promise<SeenPicture<EmbeddedFace>> {
    const { cropSize } = this.#recognizer;
    const found = await this.#finder.find(source, { ...plan, cropSize, keepCrops: true });
    const startMs = performance.now();
    const faces = found.faces.filter((face): face is CutFace => face.crop !== null);
    const crops = faces.map(({ crop }) => crop);
    const embeddings = crops.length > 0 ? await this.#recognizer.embed(crops) : [];
    const { width, height, numFaces, decodeMs, detectMs } = found;
    return {
      ...{ width, height, numFaces },
      faces: faces.map((face, i) => ({ ...face, embedding: embeddings[i]! })),
      timing: { decodeMs, detectMs, embedMs: performance.now() - startMs, searchMs: 0 },
    };
  }

  /** {@link recognize} with the embeddings, the picture's size and the time taken. */
  async recognizePicture(
    source: Source,
    { threshold, margin, minQuality, numCandidates = 3, ...plan }: RecognizeOptions = {},
  ): Promise<SeenPicture<EmbeddedFace & Answer>> {
    const seen = await this.embedPicture(source, plan);
    const startMs = performance.now();
    const embeddings = seen.faces.map(({ embedding }) => embedding);
    const hits = this.#gallery && (await searchAll(this.#gallery, embeddings, numCandidates));
    const { threshold: recognizer, impostors } = this.#recognizer;
    const own = { gallery: this.#gallery?.threshold, recognizer, impostors };
    const faces = seen.faces.map((face, i) => {
      const candidates = hits?.[i] ?? null;
      const decision = decide(candidates, face.quality.quality, own, { threshold, margin, minQuality });
      return { ...face, ...decision, candidates: candidates ?? [] };
    });
    return { ...seen, faces, timing: { ...seen.timing, searchMs: performance.now() - startMs } };
  }
}

type CutFace = FoundFace & Pick<EmbeddedFace, 'landmarks' | 'quality' | 'crop'>;

async function searchAll(
  gallery: GallerySearch,
  embeddings: Float32Array[],
  k: number,
): Promise<SearchHit[][]> {
  if (embeddings.length === 0) return [];
  if (gallery.searchMany) return gallery.searchMany(embeddings, k);
  const hits: SearchHit[][] = [];
  for (const embedding of embeddings) hits.push(await gallery.search(embedding, k));
  return hits;
}
