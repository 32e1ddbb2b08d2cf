// A worker that does what the tests of the channel ask of it.

import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { SemblanceError } from '../../error.ts';
import { type Call, serveChannel, transferring } from '../index.ts';

export interface TestData {
  first: number;
  /** Opening throws. */
  refuses?: 'with a code' | 'without';
  /** Set to 1 when the worker closes. */
  closed?: Int32Array;
}

export async function openTestWorker({ first, refuses, closed }: TestData) {
  await sleep(5);
  if (refuses === 'with a code') throw new SemblanceError('DATA_EMPTY', 'nothing to open');
  if (refuses) throw new TypeError('first is odd');
  return {
    info: { first },
    methods: {
      add: (second: number) => first + second,
      /** Answers after so many ms. */
      async after(ms: number): Promise<number> {
        await sleep(ms);
        return ms;
      },
      fail(how: 'with a code' | 'without' | 'with a strange code' | 'unclonable'): unknown {
        if (how === 'unclonable') return () => {};
        if (how === 'without') throw new RangeError('out of range');
        throw new SemblanceError(
          how === 'with a code' ? 'DATA_CORRUPT' : ('OF_ANOTHER' as never),
          'cut short',
        );
      },
      /** Says how many ms have passed until the caller has seen enough. */
      async count(stepMs: number, { signal, progress }: Call<number>): Promise<never> {
        for (let i = 0; ; i++) {
          progress(i);
          await sleep(stepMs, undefined, { signal });
        }
      },
      /** How many bytes came, and so many back. */
      move: ({ bytes, numBack }: { bytes: Uint8Array; numBack: number }) => {
        const back = new Uint8Array(numBack).fill(bytes[0]!);
        const answer = { numCame: bytes.length, back };
        kept = back;
        return transferring(answer, [back.buffer]);
      },
      /** Bytes still here of what moved last. */
      numKept: () => kept.length,
      /** Blocks the thread, then says a line. */
      block({ ms, say }: { ms: number; say: string }): void {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
        writeSync(1, `${say}\n`);
      },
      pid: () => process.pid,
      exit: (code: number) => process.exit(code),
      /** Throws where no call can answer for it. */
      async crash(message: string): Promise<void> {
        setImmediate(() => {
          throw new Error(message);
        });
        await sleep(60_000);
      },
    },
    close: () => {
      if (closed) Atomics.store(closed, 0, 1);
    },
  };
}

let kept = new Uint8Array();

await serveChannel(openTestWorker);
