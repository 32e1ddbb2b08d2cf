import { SemblanceError } from '../error.ts';
import { nms } from '../geometry/nms.ts';
import type { Box, Face, Landmarks } from '../geometry/types.ts';
import { type Picture, pixelsOf, resizePicture } from '../image/photo.ts';
import { BufferPool } from './buffers.ts';
import { type FramePlan, planFrame, type ScaleOptions } from './frame.ts';
import type { Candidates } from './heads/candidates.ts';
import type { DetectorHead, RoleOutputs } from './heads/head.ts';
import { detectorHeads } from './heads/index.ts';
import type { DetectionManifest } from './manifest.ts';
import { modelId } from './model-id.ts';
import { packImage } from './pack.ts';
import type { Session } from './session.ts';
import { detectInTiles } from './tiles.ts';

export interface DetectOptions extends ScaleOptions {
  /** Faces below this score are left out (0.5). */
  scoreThreshold?: number;
  /** Of faces that overlap by a higher IoU the best stays (0.4). */
  nmsThreshold?: number;
  /** Faces whose shorter side has fewer pixels of the picture are left out (0). */
  minFace?: number;
  /** The best-scored so many faces are given. */
  maxFaces?: number;
  /** A picture with a longer side than this is also searched in tiles of so many pixels, for its small faces. */
  tile?: number;
}

/**
 * Finds faces: a network on ONNX Runtime, with the conventions of its manifest. `loadDetector` opens one.
 *
 * @example
 * ```ts
 * import { decodeImage, loadDetector } from '@semblance/face';
 *
 * await using detector = await loadDetector('models/detector');
 * for (const { box, score } of await detector.detect(await decodeImage('photo.jpg'), { scoreThreshold: 0.6 }))
 *   console.log(box.map(Math.round), score.toFixed(2));
 * ```
 */
export class Detector {
  readonly manifest: DetectionManifest;
  readonly id: string;
  readonly #head: DetectorHead;
  readonly #session: Session;
  readonly #buffers: BufferPool;

  /** Takes over the session: it is closed with the detector. See `loadDetector`. */
  constructor(manifest: DetectionManifest, session: Session) {
    const head = Object.hasOwn(detectorHeads, manifest.detector.head)
      ? detectorHeads[manifest.detector.head]
      : undefined;
    if (!head) {
      const known = Object.keys(detectorHeads).join(', ');
      throw new SemblanceError(
        'MODEL_MANIFEST_INVALID',
        `there is no detector head '${manifest.detector.head}'; there are ${known}`,
      );
    }
    this.manifest = manifest;
    this.id = modelId(manifest);
    this.#head = head;
    this.#session = session;
    this.#buffers = new BufferPool(session.allocate, session.runsAtOnce + 1);
  }

  /** Whether faces come with the landmarks that alignment needs. */
  get hasLandmarks(): boolean {
    return this.#head.landmarks && this.manifest.detector.landmarks;
  }

  /**
   * Finds the faces in a picture, best first, in its own pixels.
   *
   * @throws SemblanceError MODEL_DIALECT_MISMATCH if the network's outputs are not those of the manifest,
   * USAGE_INVALID_VALUE, MODEL_CLOSED.
   */
  async detect(image: Picture, options: DetectOptions = {}): Promise<Face[]> {
    const { scoreThreshold = 0.5, nmsThreshold = 0.4, minFace = 0, maxFaces = Infinity, tile } = options;
    if (tile !== undefined && !(tile >= 64)) {
      throw new SemblanceError(
        'USAGE_INVALID_VALUE',
        `Expected 64 pixels or more for tile but received ${tile}`,
      );
    }
    if (tile !== undefined && Math.max(image.width, image.height) > tile) {
      const { runsAtOnce } = this.#session;
      const pixels = await pixelsOf(image);
      return detectInTiles((part, own) => this.detect(part, own), pixels, options, runsAtOnce);
    }
    const plan = planFrame(image.width, image.height, this.manifest.input, options);
    const found = await this.#run(image, plan, scoreThreshold);
    const { boxes, scores } = found.trimmed();
    const faces: Face[] = [];
    // where none is passed over, those beyond the last that is wanted need not be compared
    for (const i of nms(boxes, scores, nmsThreshold, minFace > 0 ? Infinity : maxFaces)) {
      const face = this.#toFace(found, i, plan);
      if (Math.min(face.box[2] - face.box[0], face.box[3] - face.box[1]) < minFace) continue;
      faces.push(face);
      if (faces.length >= maxFaces) break;
    }
    return faces;
  }

  /** Every candidate above the threshold before suppression, in pixels of the network's input. */
  async candidates(image: Picture, options: DetectOptions = {}): Promise<Candidates> {
    const plan = planFrame(image.width, image.height, this.manifest.input, options);
    return this.#run(image, plan, options.scoreThreshold ?? 0.5);
  }

  /** Gives the network's memory back; the detector is of no use afterwards. */
  close(): Promise<void> {
    return this.#session.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #run(image: Picture, plan: FramePlan, scoreThreshold: number): Promise<Candidates> {
    const inner = await resizePicture(image, plan.innerWidth, plan.innerHeight);
    const data = this.#buffers.borrow(3 * plan.width * plan.height);
    try {
      packImage(inner, this.manifest.input, data, 0, plan.width, plan.height);
      const outputs = await this.#session.run(data, [1, 3, plan.height, plan.width]);
      const frame = {
        width: plan.width,
        height: plan.height,
        conventions: this.manifest.detector,
        scoreThreshold,
      };
      return this.#head.decode(this.#byRole(outputs, plan), frame);
    } finally {
      this.#buffers.giveBack(data);
    }
  }

  /** Outputs by role, held against the sizes the head expects of them. */
  #byRole(outputs: Record<string, Float32Array>, { width, height }: FramePlan): RoleOutputs {
    const conventions = this.manifest.detector;
    const roles: RoleOutputs = {};
    for (const [role, names] of Object.entries(conventions.outputs)) {
      roles[role] = names.map(
        (name) => outputs[name] ?? mismatch(`the model has no output '${name}' (${role})`),
      );
    }
    for (const [role, sizes] of Object.entries(this.#head.sizes({ width, height, conventions }))) {
      const found = roles[role]?.map((values) => values.length) ?? [];
      if (found.join() !== sizes.join()) {
        mismatch(
          `Expected ${sizes.join(' + ')} values for ${role} at ${width} × ${height} but received ${found.join(' + ')}`,
        );
      }
    }
    return roles;
  }

  #toFace(found: Candidates, i: number, { scaleX, scaleY }: FramePlan): Face {
    const [x1, y1, x2, y2] = found.boxes.subarray(4 * i, 4 * i + 4);
    const box: Box = [x1! / scaleX, y1! / scaleY, x2! / scaleX, y2! / scaleY];
    if (!this.hasLandmarks) return { box, score: found.scores[i]!, landmarks: null };
    const points = found.landmarks.subarray(10 * i, 10 * i + 10);
    const landmarks: Landmarks = [];
    for (let k = 0; k < 10; k += 2) landmarks.push([points[k]! / scaleX, points[k + 1]! / scaleY]);
    return { box, score: found.scores[i]!, landmarks };
  }
}

function mismatch(message: string): never {
  throw new SemblanceError('MODEL_DIALECT_MISMATCH', message);
}
