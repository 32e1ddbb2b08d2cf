/** One point of a precision–recall curve. */
export interface PrPoint {
  /** Detections of this score or more are counted. */
  score: number;
  recall: number;
  precision: number;
}

/** Σ (r_k − r_{k−1}) · max_{j≥k} p_j: the area under a curve that runs towards higher recall, all points. */
export function areaUnderPrCurve(curve: readonly PrPoint[]): number {
  let area = 0;
  let best = 0;
  for (let i = curve.length - 1; i >= 0; i--) {
    best = Math.max(best, curve[i]!.precision);
    area += (curve[i]!.recall - (curve[i - 1]?.recall ?? 0)) * best;
  }
  // a sum of a thousand steps may end a hair above 1
  return Math.min(1, area);
}
