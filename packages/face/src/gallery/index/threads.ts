import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { siblingModule } from '@semblance/core';
import type { Candidates } from './candidates.ts';
import { Control } from './control.ts';
import { webAssembly } from './kernel/engine.ts';
import type { KernelKind } from './kernel/kernel.ts';
import type { HelperData } from './scan-worker.ts';
import { type Job, Scanner } from './scanner.ts';
import { MAX_THREADS, type Segments } from './segments.ts';

/** Below so many codes a thread costs more to wake than it saves. */
const HELP_PAYS = 4_000_000;
/** A helper that has not ended by then is not waited for: the rows are searched again without it. */
const LONGEST_MS = 20_000;

/** Scans an index's rows with all processors; the calling thread takes its share, and waits for nobody to start. */
export class ScanThreads {
  readonly #segments: Segments;
  readonly #kind: KernelKind;
  #numHelpers: number;
  readonly #own: Scanner;
  #helpers: Worker[] = [];
  #control: Control | null = null;
  #numSent = 0;

  /** @param numThreads with the calling one */
  constructor(segments: Segments, kind: KernelKind, numThreads = availableParallelism()) {
    this.#segments = segments;
    this.#kind = kind;
    this.#numHelpers = webAssembly ? Math.min(MAX_THREADS, numThreads) - 1 : 0; // other memory cannot be sent
    this.#own = new Scanner(segments.dimensions, segments.capacity, kind, 0);
  }

  /** Threads beside the calling one that a search takes. */
  get numHelpers(): number {
    return this.#numHelpers;
  }

  /** For each query the rows that may be among its k best. */
  search(job: Job): Candidates[] {
    const { memories } = this.#segments;
    for (let i = this.#own.numSegments; i < memories.length; i++) this.#own.addSegment(memories[i]!);
    const numRows = job.rowsOf.reduce((sum, rows) => sum + rows, 0);
    const isWorth = numRows * this.#segments.dimensions * job.numQueries >= HELP_PAYS;
    if (this.#numHelpers < 1 || !isWorth) return this.#own.searchAlone(job);

    const control = this.#started();
    control.open(job);
    const found = this.#own.search(job, () => control.nextChunk());
    const joined = control.close(LONGEST_MS);
    if (joined === 'too many') return this.#own.searchAlone(job);
    if (joined === 'lost') {
      this.#numHelpers = 0; // one that writes after its time must not meet another in its place
      this.close();
      return this.#own.searchAlone(job);
    }
    for (let place = 0; place < joined; place++) control.take(place, found);
    return found;
  }

  close(): void {
    for (const helper of this.#helpers) void helper.terminate();
    [this.#helpers, this.#control, this.#numSent] = [[], null, 0];
  }

  #started(): Control {
    const control = (this.#control ??= new Control({ helpers: this.#numHelpers }));
    const { memories, dimensions, capacity } = this.#segments;
    while (this.#helpers.length < this.#numHelpers) {
      const thread = this.#helpers.length + 1;
      const workerData: HelperData = {
        control: control.buffer,
        dimensions,
        capacity,
        kind: this.#kind,
        thread,
      };
      const helper = new Worker(siblingModule(import.meta.url, './scan-worker'), { workerData });
      helper.on('error', () => {}); // whoever has joined and does not end is not waited for
      helper.unref();
      this.#helpers.push(helper);
      for (const memory of memories.slice(0, this.#numSent)) helper.postMessage(memory);
    }
    for (const memory of memories.slice(this.#numSent)) {
      for (const helper of this.#helpers) helper.postMessage(memory);
    }
    this.#numSent = memories.length;
    return control;
  }
}
