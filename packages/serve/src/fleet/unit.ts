import type { ValueOf } from '@semblance/core/channel';
import type { SubjectHit } from '@semblance/face/gallery';
import type { Image } from '@semblance/face/image';
import type { OutputTensor } from '@semblance/face/models';
import {
  type Answer,
  chooseThreshold,
  type EmbeddedFace,
  type FaceFinder,
  FacePipeline,
  type FoundPicture,
  type GallerySearch,
  type PicturePlan,
  type SeenPicture,
  type ThresholdSources,
} from '@semblance/face/pipeline';
import { SemblanceError } from '../error.ts';
import type { ServeSettings } from '../settings.ts';
import { Batcher } from './batcher.ts';
import { isBehind } from './choose-worker.ts';
import type { GalleryHost } from './gallery-hosts.ts';
import { asStage, type OnStage } from './stages.ts';
import type { UnitEvents } from './unit-events.ts';
import { type Asker, WorkerPool } from './worker-pool.ts';
import type { RecognizerInfo } from './workers/roles/crops.ts';
import type { MethodsOf } from './workers/roles/index.ts';
import type { Ports, RawInput } from './workers/roles/pictures.ts';

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

/** A face of a picture with who it is. */
export type KnownFace = EmbeddedFace & Answer;

type DetectorInfo = ValueOf<MethodsOf<'pictures'>, 'info'>;

/** One is in the network, another is on its way: a batch, or a gallery that is embedded anew. */
const CALLS_OF_CROPS = 2;

/**
 * Nice values. Half of the processes for pictures stand behind all others: there go the pictures of the owner with most of
 * the work. Crops stand between them, so that those of one owner do not hold up another one's picture.
 */
const BEHIND_PICTURES = 5;
const BEHIND_ALL = 10;

/** A detector and a recognizer in processes of their own and a gallery in its thread, ready to answer. */
export class ServingUnit {
  readonly spec: UnitSpec;
  readonly detector: DetectorInfo;
  readonly recognizer: RecognizerInfo;
  /** Who is known; released with the unit. */
  gallery: GalleryHost | null = null;
  readonly #pictures: WorkerPool<'pictures'>;
  readonly #crops: WorkerPool<'crops'>;
  readonly #batcher: Batcher<Image, Float32Array>;

  private constructor(
    spec: UnitSpec,
    pictures: WorkerPool<'pictures'>,
    crops: WorkerPool<'crops'>,
    infos: { detector: DetectorInfo; recognizer: RecognizerInfo },
    { maxBatch, maxWaitMs }: ServeSettings,
    { onBatch }: UnitEvents,
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
   * @param signal gives it up, whatever loading waits for
   * @throws SemblanceError those of loading models; MODEL_NO_LANDMARKS; the signal's reason
   */
  static async open(
    spec: UnitSpec,
    settings: ServeSettings,
    events: UnitEvents = {},
    signal?: AbortSignal,
  ): Promise<ServingUnit> {
    const { networkThreads: threads, maxWorkMs, maxPixels, maxFaces } = settings;
    const { onReplaced } = events;
    const size = settings.pictureWorkers;
    const crops = await WorkerPool.start(
      'crops',
      { recognizer: spec.recognizer, threads },
      { size: 1, depth: CALLS_OF_CROPS, maxWorkMs, niceness: () => BEHIND_PICTURES, onReplaced },
      signal,
    );
    try {
      const pictures = await WorkerPool.start(
        'pictures',
        { detector: spec.detector, threads, maxPixels, maxFaces },
        {
          size,
          depth: 2,
          maxWorkMs,
          niceness: (rank) => (isBehind(rank, size) ? BEHIND_ALL : 0),
          onReplaced,
        },
        signal,
      );
      const detector = await pictures.call('info', null);
      const recognizer = await crops.call('info', null);
      if (!detector.hasLandmarks) {
        await pictures.close();
        throw new SemblanceError('MODEL_NO_LANDMARKS');
      }
      return new ServingUnit(spec, pictures, crops, { detector, recognizer }, settings, events);
    } catch (error) {
      await crops.close();
      throw error;
    }
  }

  /** Where the similarity comes from, from which a face counts as somebody's. */
  get thresholdSources(): ThresholdSources {
    const { threshold, impostors } = this.recognizer;
    return { gallery: this.gallery?.threshold, recognizer: threshold, impostors };
  }

  /** That similarity, for pairs of faces as well: see `chooseThreshold`. */
  get threshold(): number {
    return chooseThreshold(this.thresholdSources).value;
  }

  /** Calls that wait for a worker. */
  get numQueued(): number {
    return this.#pictures.numQueued + this.#crops.numQueued;
  }

  /** Workers that are lost and not replaced yet. */
  get numMissing(): number {
    return this.#pictures.numMissing + this.#crops.numMissing;
  }

  /** Why one of them is not replaced; null where nothing is known of that. */
  get refusal(): SemblanceError | null {
    return this.#pictures.refusal ?? this.#crops.refusal;
  }

  /** Finds the faces of a picture. */
  detect(bytes: Uint8Array, plan: PicturePlan, asker: Asker = {}): Promise<FoundPicture> {
    return this.#pictures.call('find', { bytes, plan: { ...plan, keepCrops: false } }, asker);
  }

  /** Finds the faces of a picture and embeds them. */
  embed(bytes: Uint8Array, plan: PicturePlan, asker: Asker = {}): Promise<SeenPicture<EmbeddedFace>> {
    return this.#pipeline(asker).embedPicture(bytes, plan);
  }

  /** Says who is in a picture; `numCandidates` subjects are named for each face (1). */
  recognize(
    bytes: Uint8Array,
    plan: PicturePlan,
    { numCandidates = 1, ...asker }: Asker & { numCandidates?: number } = {},
  ): Promise<SeenPicture<KnownFace>> {
    return this.#pipeline(asker).recognizePicture(bytes, { ...plan, numCandidates });
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
  infer(model: 'detector' | 'recognizer', input: RawInput, asker: Asker = {}): Promise<OutputTensor[]> {
    return model === 'detector'
      ? this.#pictures.call('infer', input, asker)
      : this.#crops.call('infer', input, asker);
  }

  portsOf(model: 'detector' | 'recognizer'): Ports {
    return this[model].ports;
  }

  async close(): Promise<void> {
    await Promise.all([this.#pictures.close(), this.#crops.close(), this.gallery?.release()]);
  }

  /** The pipeline over the workers: the pictures', the batches of crops', and that of the gallery that is now here. */
  #pipeline(asker: Asker): FacePipeline<Uint8Array> {
    const { id, cropSize, threshold, impostors } = this.recognizer;
    const { onStage } = asker;
    const embed = async (crops: Image[]): Promise<Float32Array[]> => {
      const [queuedMs, begun]: [number, number[]] = [performance.now(), []];
      const onBegin = (): void => void begun.push(performance.now());
      const embeddings = await Promise.all(
        crops.map((crop) => this.#batcher.submit(crop, { ...asker, onBegin })),
      );
      if (crops.length > 0) {
        onStage?.('embed_wait', queuedMs, begun[0]!);
        onStage?.('embed', begun[0]!, performance.now());
      }
      return embeddings;
    };
    const finder: FaceFinder<Uint8Array> = {
      hasLandmarks: this.detector.hasLandmarks,
      find: (bytes, plan = {}) => this.#pictures.call('find', { bytes, plan }, asker),
    };
    const gallery = this.gallery && searchIn(this.gallery, onStage);
    return new FacePipeline({
      finder,
      recognizer: { id, cropSize, threshold, impostors, embed },
      gallery,
    });
  }
}

const searchIn = (
  { threshold, modelId, thread }: GalleryHost,
  onStage: OnStage | undefined,
): GallerySearch => {
  const searchMany = (embeddings: Float32Array[], k: number) =>
    asStage('search', onStage, () => thread.call('search', { embeddings, k }));
  return {
    threshold,
    meta: { modelId },
    search: async (embedding, k) => (await searchMany([embedding], k))[0]!,
    searchMany,
  };
};
