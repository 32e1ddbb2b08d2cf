import type { TrainingRecipe } from '../recipes/training.ts';
import type { CheckpointFacts } from './checkpoint.ts';

type Metrics = Readonly<Record<string, number>>;

/** The evaluations of a run: which was best, and how many came since. */
export class Evaluations {
  latest: Metrics | null = null;
  best: CheckpointFacts['best'] = null;
  stale = 0;
  private readonly patience: number;

  constructor({ patience }: Pick<TrainingRecipe, 'patience'>) {
    this.patience = patience;
  }

  /** Goes on from a checkpoint. */
  restore({ best, stale }: Pick<CheckpointFacts, 'best' | 'stale'>): void {
    this.best = best;
    this.stale = stale;
  }

  /** Takes up an evaluation; its first metric, larger being better, says whether it is the best so far. */
  add(step: number, metrics: Metrics): { isBest: boolean } {
    this.latest = metrics;
    const value = Object.values(metrics)[0] ?? 0;
    const isBest = !this.best || value > this.best.value;
    if (isBest) this.best = { step, value, metrics };
    this.stale = isBest ? 0 : this.stale + 1;
    return { isBest };
  }

  /** Whether there were as many without a better one as the recipe has patience for. */
  get isExhausted(): boolean {
    return this.patience > 0 && this.stale >= this.patience;
  }
}
