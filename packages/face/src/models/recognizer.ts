import { normalize as toUnitLength } from '@semblance/core/vector';
import { SemblanceError } from '../error.ts';
import type { Image } from '../image/image.ts';
import { BufferPool } from './buffers.ts';
import { knownImpostors } from './catalogue/known-impostors.ts';
import type { ImpostorCurve } from './impostors.ts';
import type { RecognitionManifest } from './manifest.ts';
import { modelId } from './model-id.ts';
import { packImage } from './pack.ts';
import type { Session } from './session.ts';

export interface EmbedOptions {
  /** Adds the embedding of the mirrored crop before normalising (as the manifest says). */
  flip?: boolean;
  /** Divides by the length (true); false keeps it, which tells of the face's quality. */
  normalize?: boolean;
  /** Crops, mirrored ones counted, that go through the network at a time (16). */
  batchSize?: number;
}

/**
 * Turns aligned faces into embeddings: a network on ONNX Runtime, with the conventions of its manifest. `loadRecognizer`
 * opens one.
 *
 * @example
 * ```ts
 * import { alignFace, decodeImage, loadDetector, loadRecognizer } from '@semblance/face';
 *
 * await using detector = await loadDetector('models/detector');
 * await using recognizer = await loadRecognizer('models/recognizer');
 * const image = await decodeImage('people/ada/0.png');
 * const [face] = await detector.detect(image);
 * const [embedding] = await recognizer.embed([alignFace(image, face!.landmarks!, recognizer.cropSize)]);
 * console.log(embedding!.length === recognizer.embeddingSize, Math.hypot(...embedding!).toFixed(3)); // true 1.000
 * ```
 */
export class Recognizer {
  readonly manifest: RecognitionManifest;
  /** Embeddings may be compared where these agree. */
  readonly id: string;
  readonly embeddingSize: number;
  /** Side of the aligned crops it takes, in pixels. */
  readonly cropSize: number;
  readonly #session: Session;
  readonly #buffers: BufferPool;

  /** Takes over the session: it is closed with the recognizer. See `loadRecognizer`. */
  constructor(manifest: RecognitionManifest, session: Session) {
    const { width, height } = manifest.input;
    if (width === null || width !== height) {
      throw new SemblanceError(
        'MODEL_MANIFEST_INVALID',
        `Expected a square input of fixed size but received ${width} × ${height}`,
      );
    }
    this.manifest = manifest;
    this.id = modelId(manifest);
    this.embeddingSize = manifest.recognizer.embeddingSize;
    this.cropSize = width;
    this.#session = session;
    this.#buffers = new BufferPool(session.allocate, session.runsAtOnce + 1);
  }

  /**
   * Embeds aligned crops: e = f(crop) + f(mirrored crop), divided by its length.
   *
   * @param crops pictures of cropSize × cropSize, see `alignFace`.
   * @returns one unit vector (see `normalize`) of embeddingSize numbers for each crop, in order.
   * @throws SemblanceError DATA_INVALID for crops of another size, MODEL_DIALECT_MISMATCH if the network
   * gives something else than the manifest says, MODEL_CLOSED.
   */
  async embed(crops: Image[], options: EmbedOptions = {}): Promise<Float32Array[]> {
    const { flip = this.manifest.recognizer.flip, normalize = true, batchSize = 16 } = options;
    const size = this.cropSize;
    for (const { width, height } of crops) {
      if (width !== size || height !== size) {
        throw new SemblanceError(
          'DATA_INVALID',
          `Expected crops of ${size} × ${size} but received ${width} × ${height}`,
        );
      }
    }
    const sums = crops.map(() => new Float32Array(this.embeddingSize));
    const perCrop = flip ? 2 : 1;
    const places = crops.length * perCrop;
    const { runsAtOnce } = this.#session;
    const share = Math.ceil(places / runsAtOnce);
    const batch = this.manifest.input.batch ?? Math.max(1, Math.min(batchSize, share));
    let next = 0;
    const runSome = async () => {
      while (next < places) {
        const first = next;
        next += batch;
        const count = Math.min(batch, places - first);
        const rows = await this.#runBatch(crops, first, count, perCrop);
        for (let i = 0; i < count; i++) {
          const sum = sums[Math.floor((first + i) / perCrop)]!;
          for (let k = 0; k < sum.length; k++) sum[k]! += rows[i * sum.length + k]!;
        }
      }
    };
    // One batch more than run at a time: it is packed and waits while they run.
    const numLanes = runsAtOnce > 1 ? runsAtOnce + 1 : 1;
    await Promise.all(Array.from({ length: numLanes }, runSome));
    return normalize ? sums.map(toUnitLength) : sums;
  }

  /** From its manifest: the similarity from which two faces count as one person; null where it has none. */
  get threshold(): { value: number; basis: string } | null {
    return this.manifest.threshold ?? null;
  }

  /** How alike it finds different people: from its manifest, or measured by us for that file; null where neither is. */
  get impostors(): ImpostorCurve | null {
    return this.manifest.impostors ?? knownImpostors(this.manifest);
  }

  /** Gives the network's memory back; the recognizer is of no use afterwards. */
  close(): Promise<void> {
    return this.#session.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Embeddings of places first … first + count − 1: crop by crop, its mirrored one after it. */
  async #runBatch(crops: Image[], first: number, count: number, perCrop: number): Promise<Float32Array> {
    const { input, recognizer } = this.manifest;
    const size = this.cropSize;
    // A network of fixed batch is filled up with whatever the buffer holds.
    const rows = input.batch ?? count;
    const data = this.#buffers.borrow(rows * 3 * size * size);
    try {
      for (let i = 0; i < count; i++) {
        const place = first + i;
        const isMirrored = place % perCrop === 1;
        packImage(
          crops[Math.floor(place / perCrop)]!,
          input,
          data,
          i * 3 * size * size,
          size,
          size,
          isMirrored,
        );
      }
      const outputs = await this.#session.run(data, [rows, 3, size, size]);
      const result = outputs[recognizer.output];
      if (result?.length !== rows * this.embeddingSize) {
        const message = `Expected ${rows} × ${this.embeddingSize} values from '${recognizer.output}' but received ${result?.length ?? 'none'}`;
        throw new SemblanceError('MODEL_DIALECT_MISMATCH', message);
      }
      return result;
    } finally {
      this.#buffers.giveBack(data);
    }
  }
}
