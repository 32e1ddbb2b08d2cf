import { type nn, noGrad, ops, persistent, scope, type Tensor } from '@semblance/torch';

/** Averages of single steps need some steps to mean anything: until then younger weights count more. */
const rampSteps = 10;

/**
 * Exponential moving average of a model's weights: after update t (from 0), a = d·a + (1 − d)·w with
 * d = min(decay, (1 + t) / (10 + t)).
 *
 * Running statistics of batch norms are averaged like weights; counters are taken as they are. The averages are what
 * is evaluated and deployed, the weights what is trained.
 *
 * Polyak and Juditsky (1992); the ramp is that of TensorFlow's ExponentialMovingAverage.
 */
export class WeightAverage {
  numUpdates = 0;
  private readonly decay: number;
  private readonly names: string[] = [];
  private readonly weights: Tensor[] = [];
  private readonly averages: Tensor[] = [];

  /** Starts from the weights as they are. */
  constructor(modules: Readonly<Record<string, nn.Module>>, decay: number) {
    this.decay = decay;
    for (const [name, module] of Object.entries(modules)) {
      for (const [key, tensor] of module.stateDict()) {
        this.names.push(`${name}.${key}`);
        this.weights.push(tensor);
        this.averages.push(persistent(() => tensor.detach().clone()));
      }
    }
  }

  /** Takes up the weights after a step. */
  update(): void {
    const t = this.numUpdates++;
    const decay = Math.min(this.decay, (1 + t) / (rampSteps + t));
    using _ = scope();
    noGrad(() => {
      const isAveraged = this.weights.map(({ dtype }) => dtype.startsWith('float'));
      const of = (tensors: Tensor[]) => tensors.filter((_, i) => isAveraged[i]);
      ops._foreach_mul_(of(this.averages), decay);
      ops._foreach_add_(of(this.averages), of(this.weights), { alpha: 1 - decay });
      for (const [i, weight] of this.weights.entries()) if (!isAveraged[i]) this.averages[i]!.copy_(weight);
    });
  }

  /** Runs `fn` while the model has the averages for weights. */
  async during<R>(fn: () => Promise<R>): Promise<R> {
    this.exchange();
    try {
      return await fn();
    } finally {
      this.exchange();
    }
  }

  /** Gives the model the averages for good. */
  adopt(): void {
    noGrad(() => {
      for (const [i, weight] of this.weights.entries()) weight.copy_(this.averages[i]!);
    });
  }

  /** Live averages by `<module>.<key>`, not copies. */
  stateDict(): Map<string, Tensor> {
    return new Map(this.names.map((name, i) => [name, this.averages[i]!]));
  }

  /** Copies saved averages in; every one must be there. */
  loadStateDict(state: ReadonlyMap<string, Tensor>, numUpdates: number): void {
    noGrad(() => {
      for (const [i, name] of this.names.entries()) {
        const saved = state.get(name);
        if (!saved) throw new Error(`the average of ${name} is missing`);
        this.averages[i]!.copy_(saved);
      }
    });
    this.numUpdates = numUpdates;
  }

  dispose(): void {
    for (const average of this.averages) average.dispose();
  }

  private exchange(): void {
    using _ = scope();
    noGrad(() => {
      for (const [i, weight] of this.weights.entries()) {
        const copy = weight.detach().clone();
        weight.copy_(this.averages[i]!);
        this.averages[i]!.copy_(copy);
      }
    });
  }
}
