import { join } from 'node:path';
import { loadRecognizer } from '@semblance/face/models';
import { readPersonFolders } from '@semblance/lab/datasets';
import {
  embedPhotos,
  type IdentificationPlan,
  type IdentificationResult,
  identificationCurve,
  measureIdentification,
  openEmbeddingCache,
  photosOfPlan,
  planIdentification,
} from '@semblance/lab/evaluate';
import type { OpenSetPoint } from '@semblance/lab/metrics';
import type { Io } from '../cli/io.ts';
import { createProgress } from '../cli/progress.ts';
import { classAngles } from './spread.ts';

/** What became of one loss. */
export interface Rung {
  loss: string;
  result: IdentificationResult;
  /** TPIR over FPIR. */
  curve: OpenSetPoint[];
  /** Directions that hold 95 % of the variance of the test's embeddings. */
  directions: number;
  /** Degrees within people and between the nearest two, of the test's embeddings. */
  angles: { within: number; between: number };
  /** Training accuracy on logits without margin, and the loss, over steps. */
  training: { step: number; loss: number; accuracy: number }[];
}

export interface MeasureOptions {
  losses: readonly string[];
  /** The folder of the runs. */
  out: string;
  /** A folder per person of aligned faces. */
  test: string;
  /** Another such folder of people who are nobody of the test's. */
  strangers?: string;
  numEnrolled: number;
  minPhotos: number;
  fpirs: readonly number[];
}

/** Identifies the test's people with the model of every loss; people with fewer photos than `minPhotos` are strangers. */
export async function measureLadder(
  { losses, out, test, strangers, numEnrolled, minPhotos, fpirs }: MeasureOptions,
  io: Io,
): Promise<Rung[]> {
  const { readMetrics } = await import('@semblance/train');
  const { numDirections } = await import('@semblance/train/experiments');
  const { people } = await readPersonFolders(test);
  const others = strangers === undefined ? people : (await readPersonFolders(strangers)).people;
  const plan = planIdentification(people, others, { numEnrolled, minPhotos });
  const photos = photosOfPlan(plan);
  const cache = openEmbeddingCache(join(out, 'embeddings'));
  const rungs: Rung[] = [];
  try {
    for (const loss of losses) {
      await using recognizer = await loadRecognizer(join(out, loss));
      const progress = createProgress(io, `embedding by ${loss}`);
      const embedded = await embedPhotos(photos, { detector: null, recognizer, detect: {}, cache, progress });
      const { result, looked } = await measureIdentification(plan, embedded, fpirs);
      const training = readMetrics(join(out, loss, 'metrics.jsonl')).flatMap(({ step, loss, accuracy }) =>
        typeof loss === 'number' && typeof accuracy === 'number' ? [{ step, loss, accuracy }] : [],
      );
      const directions = numDirections([...embedded.embeddings.values()]);
      const angles = classAngles(embeddingsByPerson(plan, embedded.embeddings));
      rungs.push({ loss, result, curve: identificationCurve(looked), directions, angles, training });
    }
  } finally {
    cache.close();
  }
  return rungs;
}

/** Every embedding that there is of each person of a plan, unknown ones too. */
function embeddingsByPerson(
  { enrolled, probes, strangers }: IdentificationPlan,
  embeddings: ReadonlyMap<string, Float32Array>,
): Float32Array[][] {
  const templates = Map.groupBy([...enrolled, ...probes, ...strangers], ({ subject }) => subject);
  return [...templates.values()]
    .map((own) =>
      own.flatMap(({ photos }) => photos.flatMap(({ photo }) => embeddings.get(photo.name) ?? [])),
    )
    .filter((own) => own.length > 0);
}
