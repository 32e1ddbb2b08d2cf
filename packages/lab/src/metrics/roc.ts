/** One operating point: a pair is accepted where its similarity ≥ threshold. */
export interface RocPoint {
  threshold: number;
  /** False-accept rate: share of impostor pairs accepted (FMR in ISO/IEC 19795). */
  far: number;
  /** True-accept rate: share of genuine pairs accepted (1 − FNMR). */
  tar: number;
}

/**
 * The ROC curve of scored pairs: one point for each distinct similarity, from (0, 0) at threshold ∞ up to (1, 1).
 *
 * A side without pairs keeps rate 0.
 */
export function rocCurve(similarities: ArrayLike<number>, same: ArrayLike<boolean>): RocPoint[] {
  const order = Array.from({ length: similarities.length }, (_, i) => i);
  order.sort((a, b) => similarities[b]! - similarities[a]!);
  let numGenuine = 0;
  for (const i of order) if (same[i]) numGenuine++;
  const numImpostor = order.length - numGenuine;

  const points: RocPoint[] = [{ threshold: Number.POSITIVE_INFINITY, far: 0, tar: 0 }];
  let trueAccepts = 0;
  let falseAccepts = 0;
  order.forEach((i, rank) => {
    if (same[i]) trueAccepts++;
    else falseAccepts++;
    const next = order[rank + 1];
    // equal similarities are accepted together: no point may lie between them
    if (next !== undefined && similarities[next] === similarities[i]) return;
    points.push({
      threshold: similarities[i]!,
      far: falseAccepts / Math.max(1, numImpostor),
      tar: trueAccepts / Math.max(1, numGenuine),
    });
  });
  return points;
}

/** TAR at a FAR on a curve of {@link rocCurve}, linear between its points. */
export function tarAtFar(curve: readonly RocPoint[], far: number): number {
  let below = curve[0]!;
  for (const point of curve) {
    if (point.far <= far) {
      below = point;
      continue;
    }
    return below.tar + ((far - below.far) / (point.far - below.far)) * (point.tar - below.tar);
  }
  return below.tar;
}

/** Area under the curve by trapezoids: the chance that a genuine pair scores above an impostor one. */
export function areaUnderRoc(curve: readonly RocPoint[]): number {
  let area = 0;
  for (let i = 1; i < curve.length; i++) {
    const [a, b] = [curve[i - 1]!, curve[i]!];
    area += ((b.far - a.far) * (a.tar + b.tar)) / 2;
  }
  return area;
}

/** The rate at which false accepts equal false rejects (FAR = 1 − TAR), linear between points. */
export function equalErrorRate(curve: readonly RocPoint[]): number {
  for (let i = 1; i < curve.length; i++) {
    const [a, b] = [curve[i - 1]!, curve[i]!];
    const gapA = a.far - (1 - a.tar);
    const gapB = b.far - (1 - b.tar);
    if (gapB < 0) continue;
    return gapB === gapA ? b.far : a.far + (gapA / (gapA - gapB)) * (b.far - a.far);
  }
  return curve.at(-1)?.far ?? 0;
}
