import { type ImpostorCurve, similarityAt } from '../models/impostors.ts';
import { chooseThreshold, type Threshold } from '../pipeline/threshold.ts';

/** Two groups are one person's where one pair of strangers in so many is as alike as their faces are on average. */
const RARE = 1e-4;

/** The mean similarity from which two groups of faces are one person's, by what is known of the recognizer. */
export function clusterThreshold(
  { impostors, threshold }: { impostors?: ImpostorCurve | null; threshold?: Threshold | null },
  given?: number,
): Threshold {
  if (given !== undefined || !impostors) return chooseThreshold({ given, recognizer: threshold });
  const { similarity, supported } = similarityAt(impostors, RARE);
  const every = Math.round(1 / supported).toLocaleString('en-US');
  return {
    value: Math.round(similarity * 1e4) / 1e4,
    basis: `1 pair of strangers in ${every} reaches it: ${impostors.data}`,
  };
}
