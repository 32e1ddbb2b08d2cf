import { native } from './native.ts';

const forgotten = new FinalizationRegistry<number>((index) => native.freeGenerator(index));

/**
 * A stream of random numbers of its own, for operators that take a `generator`:
 * `ops.randperm(10, { generator: new Generator(1) })`. It leaves the default stream alone.
 *
 * @example
 * ```ts
 * import { Generator, ops } from '@semblance/torch';
 *
 * const draw = () => ops.randperm(10, { generator: new Generator(1) });
 * console.log(draw().equal(draw())); // true
 * ```
 */
export class Generator {
  private readonly index: number;

  constructor(seed: number | bigint) {
    this.index = native.newGenerator(seed);
    forgotten.register(this, this.index);
  }

  /** @internal */
  static indexOf(generator: Generator): number {
    return generator.index;
  }

  manualSeed(seed: number | bigint): this {
    native.seedGenerator(this.index, seed);
    return this;
  }

  toString(): string {
    return 'Generator';
  }
}
