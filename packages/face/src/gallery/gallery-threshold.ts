import type { Interval } from '@semblance/core/statistics';
import { asSemblanceError, isSemblanceError, SemblanceError } from '../error.ts';
import { fpirAmong } from '../models/impostors.ts';
import { type Certainty, calibrateByStrangers, certaintyByOwnPeople } from './calibrate.ts';
import { falsePositiveRate } from './false-positives.ts';
import type { KnownFaces } from './known-faces.ts';
import { isThresholdDue, ruleOf } from './meta.ts';
import { searchPeople } from './search-people.ts';
import { similarityAmong } from './stranger-law.ts';
import { estimateThreshold, type ThresholdEstimate, type ThresholdOptions } from './threshold.ts';
import type { VectorIndex } from './vector-index.ts';

export interface CalibrateOptions extends Pick<ThresholdOptions, 'fpir' | 'far'> {
  /** People who are not in the gallery, one embedding each; the gallery's own people are asked, if not given. */
  strangers?: { embeddings: readonly Float32Array[]; data: string };
}

/** A threshold, and how sure it is. */
export interface CalibrationReport extends ThresholdEstimate, Certainty {
  /** Share of strangers that may be taken for somebody, at the gallery's present size. */
  fpir: number;
}

/** The similarity from which a gallery knows somebody: given, or found by its people and anew as they change. */
export class GalleryThreshold {
  readonly #known: KnownFaces;

  constructor(known: KnownFaces) {
    this.#known = known;
  }

  async set(threshold: number, basis: string): Promise<void> {
    const { thresholdRule: _given, ...meta } = this.#known.meta;
    await this.#known.writeMeta({ ...meta, threshold, thresholdBasis: basis });
  }

  async fit(by: ThresholdOptions): Promise<ThresholdEstimate> {
    const { meta } = this.#known;
    const faces = this.#faces();
    const { own, ...estimate } = estimateThreshold(faces, by);
    const { threshold, basis } = estimate;
    const thresholdRule = ruleOf(by, faces.length, own);
    await this.#known.writeMeta({ ...meta, threshold, thresholdBasis: basis, thresholdRule });
    return estimate;
  }

  /** @throws SemblanceError DATA_INVALID with fewer than 20 strangers, or 20 people of its own where none are given */
  async calibrate({ fpir: share = 0.01, far, strangers }: CalibrateOptions): Promise<CalibrationReport> {
    const { numFaces } = this;
    const fpir = far ? fpirAmong(far, numFaces) : share;
    const { calibration: _before, ...rule } = this.#known.meta.thresholdRule ?? {};
    const by = { ...rule, fpir: share, far: far ?? null };
    if (strangers) {
      const found = searchPeople(this.#known, strangers.embeddings, 1);
      const best = found.flatMap(([hit]) => hit?.similarity ?? []);
      const { calibration, ...certainty } = calibrateByStrangers(best, numFaces, fpir, strangers.data);
      return { ...(await this.fit({ ...by, calibration })), ...certainty, fpir };
    }
    const certainty = certaintyByOwnPeople(this.#faces(), fpir);
    if (!certainty)
      throw new SemblanceError(
        'DATA_INVALID',
        'fewer than 20 people are too few to find a threshold by: enroll more, or give strangers',
      );
    const estimate = await this.fit(by);
    // what the recognizer's curve says does not change with the people drawn
    const { own } = this.#known.meta.thresholdRule!;
    const byOwn = similarityAmong(own!, numFaces, fpir);
    const thresholds = certainty.thresholdInterval.map(
      (at) => estimate.threshold + own!.weight * (at - byOwn),
    );
    const [most, least] = thresholds.map((at) => this.falsePositiveRate(at)!) as Interval;
    const { ofNextThousand } = certainty;
    const intervals = { thresholdInterval: thresholds as Interval, fpirInterval: [least, most] as Interval };
    return { ...estimate, ...intervals, ofNextThousand, fpir };
  }

  /** To be called when people came or went: a threshold that was not given follows the gallery's size. */
  async follow(): Promise<void> {
    const { thresholdRule: rule } = this.#known.meta;
    if (!rule || !isThresholdDue(rule, this.#known.index.size)) return;
    try {
      await this.fit(rule);
    } catch (error) {
      // the change itself is on the disk; where there is no room for more, the threshold is found with the next one
      if (asSemblanceError(error).fault === 'caller' || isSemblanceError(error, 'INTERNAL')) throw error;
    }
  }

  /** See `falsePositiveRate`; null also where the threshold was given, and nothing is known of strangers. */
  falsePositiveRate(similarity: number): number | null {
    const { thresholdRule: rule } = this.#known.meta;
    return rule ? falsePositiveRate(rule, this.numFaces, similarity) : null;
  }

  get numFaces(): number {
    return this.#known.subjects.size;
  }

  #faces(): KnownFace[] {
    const { index, subjects } = this.#known;
    return Array.from(subjects.faces(), ({ id, subject }) => new KnownFace(index, id, subject));
  }
}

/** A face whose embedding is read when it is first looked at: of a million only a few thousand are. */
class KnownFace {
  readonly subject: string;
  readonly #index: VectorIndex;
  readonly #id: number;
  #embedding: Float32Array | null = null;

  constructor(index: VectorIndex, id: number, subject: string) {
    this.subject = subject;
    this.#index = index;
    this.#id = id;
  }

  get embedding(): Float32Array {
    return (this.#embedding ??= this.#index.get(this.#id)!);
  }
}
