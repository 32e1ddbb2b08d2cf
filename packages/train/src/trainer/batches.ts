import type { Loader } from '../data/loader.ts';

/** The batches of a run, one a step, which can be set back to those of an earlier step. */
export class Batches<B extends { leftOut: readonly string[] }> {
  private readonly open: (step: number) => Loader<B>;
  private readonly onLeftOut: (what: string) => void;
  private loader: Loader<B>;

  /**
   * @param open starts loading with the batch of a step
   * @param onLeftOut is told of each photo that cannot be used, whenever it would have been in a batch
   */
  constructor(open: (step: number) => Loader<B>, step: number, onLeftOut: (what: string) => void) {
    this.open = open;
    this.onLeftOut = onLeftOut;
    this.loader = open(step);
  }

  async next(): Promise<B> {
    const batch = await this.loader.next();
    for (const what of batch.leftOut) this.onLeftOut(what);
    return batch;
  }

  async goBack(step: number): Promise<void> {
    await this.loader.close();
    this.loader = this.open(step);
  }

  close(): Promise<void> {
    return this.loader.close();
  }
}
