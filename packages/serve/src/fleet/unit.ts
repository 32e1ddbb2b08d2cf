import type { SubjectHit } from '@semblance/face/gallery';
import type { Box, Landmarks } from '@semblance/face/geometry';
import type { DetectOptions, OutputTensor } from '@semblance/face/models';
import { type Decision, decide } from '@semblance/face/pipeline';
import { SemblanceError } from '../error.ts';
import type { ServeSettings } from '../settings.ts';
import { Batcher } from './batcher.ts';
import type { GalleryHost } from './gallery-hosts.ts';
import { ThreadPool } from './thread-pool.ts';
import type { ValueOf } from './threads/role.ts';
import type { RecognizerInfo } from './threads/roles/crops.ts';
import type { MethodsOf } from './threads/roles/index.ts';
import type { FacesFound, FoundFace, Ports, RawInput } from './threads/roles/pictures.ts';
import { ServiceThread } from './threads/service-thread.ts';

/** What serves together: paths of a detector, a recognizer and a gallery. */
export interface UnitSpec {
  detector: string;
  recognizer: string;
  gallery: string | null;
  /**
   * The gallery that this one was embedded anew from, over however many recognizers; itself, where it was not. Galleries
   * of one origin hold the same people, and are kept so.
   */
  origin: string | null;
}

export interface ServedFace {
  box: Box;
  score: number;
  landmarks: Landmarks;
  quality: number;
  /** A unit vector. */
  embedding: Float32Array;
  /** The aligned crop as JPEG, where it was asked for. */
  jpeg: Uint8Array | null;
}

export interface KnownFace extends ServedFace, Decision {
  /** The nearest subjects, best first, whether or not they reach the threshold. */
  nearest: SubjectHit[];
}

/** How long each part of an answer took. */
export interface Timing {
  decodeMs: number;
  detectMs: number;
  embedMs: number;
  searchMs: number;
}

export interface Served<F> {
  width: number;
  height: number;
  faces: F[];
  timing: Timing;
}

type DetectorInfo = ValueOf<MethodsOf<'pictures'>, 'info'>;
interface Work {
  signal?: AbortSignal;
}

/** A detector, a recognizer and a gallery in threads of their own, ready to answer. */
export class ServingUnit {
  readonly spec: UnitSpec;
  readonly detector: DetectorInfo;
  readonly recognizer: RecognizerInfo;
  /** Who is known; released with the unit. */
  gallery: GalleryHost | null = null;
  readonly #pictures: ThreadPool<'pictures'>;
  readonly #crops: ServiceThread<'crops'>;
  readonly #batcher: Batcher<Uint8Array, Float32Array>;

  private constructor(
    spec: UnitSpec,
    pictures: ThreadPool<'pictures'>,
    crops: ThreadOfCrops,
    infos: { detector: DetectorInfo; recognizer: RecognizerInfo },
    { maxBatch, maxWaitMs }: ServeSettings,
    onBatch?: (size: number) => void,
  ) {
    this.spec = spec;
    this.detector = infos.detector;
    this.recognizer = infos.recognizer;
    this.#pictures = pictures;
    this.#crops = crops;
    const options = { maxBatch, maxWaitMs, ...(onBatch ? { onBatch } : {}) };
    this.#batcher = new Batcher((batch) => crops.call('embed', batch), options);
  }

  /**
   * Loads the models. Whoever opens it gives it its {@link gallery}, which may have to be embedded anew for the recognizer.
   *
   * @throws SemblanceError those of loading models; MODEL_NO_LANDMARKS.
   */
  static async open(
    spec: UnitSpec,
    settings: ServeSettings,
    onBatch?: (size: number) => void,
  ): Promise<ServingUnit> {
    const threads = settings.networkThreads;
    const crops = await ServiceThread.start('crops', { recognizer: spec.recognizer, threads });
    try {
      const pictures = await ThreadPool.start(
        'pictures',
        { detector: spec.detector, threads, maxPixels: settings.maxPixels },
        { size: settings.pictureThreads, depth: 2 },
      );
      const detector = await pictures.call('info', null);
      const recognizer = await crops.call('info', null);
      if (!detector.hasLandmarks) {
        await pictures.stop();
        throw new SemblanceError('MODEL_NO_LANDMARKS');
      }
      return new ServingUnit(spec, pictures, crops, { detector, recognizer }, settings, onBatch);
    } catch (error) {
      await crops.stop();
      throw error;
    }
  }

  /** Calls that wait for a thread. */
  get numQueued(): number {
    return this.#pictures.numQueued;
  }

  /** Finds the faces of a picture. */
  detect(bytes: Uint8Array, options: DetectOptions, { signal }: Work = {}): Promise<FacesFound> {
    return this.#find(bytes, options, { cropSize: null, withJpeg: false }, signal);
  }

  /** Finds the faces of a picture and embeds them. */
  async embed(
    bytes: Uint8Array,
    options: DetectOptions,
    { signal, withJpeg = false }: Work & { withJpeg?: boolean } = {},
  ): Promise<Served<ServedFace>> {
    const { cropSize } = this.recognizer;
    const found = await this.#find(bytes, options, { cropSize, withJpeg }, signal);
    const start = performance.now();
    const withCrops = found.faces.filter(
      (face): face is FoundFace & { crop: Uint8Array } => face.crop !== null,
    );
    const embeddings = await Promise.all(withCrops.map(({ crop }) => this.#batcher.submit(crop)));
    const { width, height, decodeMs, detectMs } = found;
    return {
      ...{ width, height },
      faces: withCrops.map(({ box, score, landmarks, quality, jpeg }, i) => ({
        ...{ box, score, jpeg },
        landmarks: landmarks!,
        quality: quality!,
        embedding: embeddings[i]!,
      })),
      timing: { decodeMs, detectMs, embedMs: performance.now() - start, searchMs: 0 },
    };
  }

  /** Says who is in a picture; `k` subjects are named for each face. */
  async recognize(
    bytes: Uint8Array,
    options: DetectOptions,
    { k = 1, ...work }: Work & { k?: number } = {},
  ): Promise<Served<KnownFace>> {
    const served = await this.embed(bytes, options, work);
    const start = performance.now();
    const hits = await this.search(
      served.faces.map(({ embedding }) => embedding),
      k,
    );
    const threshold = this.gallery?.threshold ?? null;
    const faces = served.faces.map((face, i) => {
      const nearest = hits[i]!;
      return { ...face, nearest, ...decide(this.gallery && nearest, face.quality, threshold) };
    });
    return { ...served, faces, timing: { ...served.timing, searchMs: performance.now() - start } };
  }

  /** The k nearest subjects of each embedding; none where there is no gallery. */
  async search(embeddings: Float32Array[], k: number): Promise<SubjectHit[][]> {
    if (embeddings.length === 0 || this.gallery === null) return embeddings.map(() => []);
    return this.gallery.thread.call('search', { embeddings, k });
  }

  /** Embeds crops that were kept as JPEG. */
  embedJpegs(jpegs: Uint8Array[]): Promise<Float32Array[]> {
    return this.#crops.call('embedJpegs', jpegs);
  }

  /** Runs one of the two networks on numbers as they are. */
  infer(model: 'detector' | 'recognizer', input: RawInput): Promise<OutputTensor[]> {
    return model === 'detector' ? this.#pictures.call('infer', input) : this.#crops.call('infer', input);
  }

  portsOf(model: 'detector' | 'recognizer'): Ports {
    return this[model].ports;
  }

  async close(): Promise<void> {
    await Promise.all([this.#pictures.stop(), this.#crops.stop(), this.gallery?.release()]);
  }

  #find(
    bytes: Uint8Array,
    options: DetectOptions,
    wanted: { cropSize: number | null; withJpeg: boolean },
    signal: AbortSignal | undefined,
  ): Promise<FacesFound> {
    return this.#pictures.call('faces', { bytes, options, ...wanted }, signal ? { signal } : {});
  }
}

type ThreadOfCrops = ServiceThread<'crops'>;
