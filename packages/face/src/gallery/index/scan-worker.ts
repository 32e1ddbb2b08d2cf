import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { Control } from './control.ts';
import type { GrowingMemory } from './kernel/engine.ts';
import type { KernelKind } from './kernel/kernel.ts';
import { Scanner } from './scanner.ts';

/** What a helper is started with. */
export interface HelperData {
  control: SharedArrayBuffer;
  dimensions: number;
  capacity: number;
  kind: KernelKind;
  thread: number;
}

const { control: shared, dimensions, capacity, kind, thread } = workerData as HelperData;
const control = new Control(shared);
const scanner = new Scanner(dimensions, capacity, kind, thread);

// it sleeps until there is a job, and ends when the index that started it ends it
for (let last = -1; ; ) {
  const { place, generation, job } = control.join(last);
  last = generation;
  try {
    // segments were sent before the job that needs them
    while (scanner.numSegments < job.rowsOf.length) {
      const sent = receiveMessageOnPort(parentPort!) as { message: GrowingMemory } | undefined;
      if (!sent) throw new Error('a segment was not sent');
      scanner.addSegment(sent.message);
    }
    const found = scanner.search(job, () => control.nextChunk());
    control.finish(
      place,
      found.map((candidates) => candidates.sorted()),
    );
  } catch {
    control.finish(place, null); // the caller searches all rows again
  }
}
