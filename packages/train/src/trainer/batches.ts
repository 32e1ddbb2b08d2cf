import type { Loader } from '../data/loader.ts';

/** The batches of a run, one a step, which can be set back to those of an earlier step. */
export class Batches<B extends { unreadable: readonly string[] }> {
  private readonly open: (step: number) => Loader<B>;
  private readonly onUnreadable: (path: string) => void;
  private readonly unreadable = new Set<string>();
  private loader: Loader<B>;

  /**
   * @param open starts loading with the batch of a step
   * @param onUnreadable is told of each file once
   */
  constructor(open: (step: number) => Loader<B>, step: number, onUnreadable: (path: string) => void) {
    this.open = open;
    this.onUnreadable = onUnreadable;
    this.loader = open(step);
  }

  async next(): Promise<B> {
    const batch = await this.loader.next();
    for (const path of batch.unreadable) {
      if (this.unreadable.has(path)) continue;
      this.unreadable.add(path);
      this.onUnreadable(path);
    }
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
