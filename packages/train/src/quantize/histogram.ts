const numBins = 2048;
/** Parts of the range that are tried for its lower and its upper end. */
const numCandidates = 64;

/**
 * What values a tensor takes, for choosing the range that 8 bits cover.
 *
 * A range as wide as the values wastes its 256 steps on few of them; a narrower one cuts those off. The range chosen
 * has the least squared error: Σ (x − clip(x))² + step²/12 over all values seen.
 */
export class Histogram {
  private low = 0;
  private high = 0;
  private bins: Float64Array | null = null;

  /** Takes up the range of a sample's values; all of this comes before the first {@link count}. */
  widen(values: Float32Array): void {
    for (const value of values) {
      if (value < this.low) this.low = value;
      else if (value > this.high) this.high = value;
    }
  }

  count(values: Float32Array): void {
    this.bins ??= new Float64Array(numBins);
    const perUnit = numBins / Math.max(this.high - this.low, 1e-30);
    for (const value of values) {
      const bin = Math.floor((value - this.low) * perUnit);
      this.bins[Math.min(numBins - 1, Math.max(0, bin))]!++;
    }
  }

  /** [low, high] with 0 within. */
  bestRange(): [number, number] {
    const { bins, low, high } = this;
    if (!bins || high === low) return [low, high];
    const width = (high - low) / numBins;
    let best: [number, number] = [low, high];
    let least = Infinity;
    // Both ends are drawn in by the same part, and then the upper alone: most ranges begin at or near 0.
    for (let i = 1; i <= numCandidates; i++) {
      const part = i / numCandidates;
      for (const [from, to] of [
        [low * part, high * part],
        [low, high * part],
      ] as const) {
        const step = (to - from) / 255;
        let error = 0;
        for (let b = 0; b < numBins; b++) {
          if (bins[b] === 0) continue;
          const x = low + (b + 0.5) * width;
          const cut = x < from ? from - x : x > to ? x - to : 0;
          error += bins[b]! * (cut * cut + (cut === 0 ? (step * step) / 12 : 0));
        }
        if (error < least) [least, best] = [error, [from, to]];
      }
    }
    return best;
  }
}
