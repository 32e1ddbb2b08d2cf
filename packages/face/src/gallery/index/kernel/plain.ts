import { QUERY_OFFSET } from '../codes.ts';
import type { GrowingMemory } from './engine.ts';
import type { Scan } from './kernel.ts';

const { fround } = Math;

/** The kernel in JavaScript: what `text.ts` says in WebAssembly, number for number. */
export function plainKernel(memory: GrowingMemory): Scan {
  return (from, to, { rows, length, queries, numQueries, params, out, outEnd }) => {
    const { buffer } = memory; // another one after it has grown
    const codes = new Int8Array(buffer);
    const floats = new Float32Array(buffer);
    const words = new Int32Array(buffer);
    const blockBytes = 4 * length + 64;
    let end = out;
    let row = from;
    for (; row < to && end + 64 * numQueries <= outEnd; row += 4) {
      const block = rows + (row / 4) * blockBytes;
      for (let query = 0; query < numQueries; query++) {
        const [param, codesOfQuery] = [params / 4 + 4 * query, queries + length * query];
        for (let lane = 0; lane < 4; lane++) {
          let sum = 0;
          for (let i = 0; i < length; i++)
            sum += codes[block + 4 * (i & ~15) + 16 * lane + (i & 15)]! * codes[codesOfQuery + i]!;
          const facts = (block + 4 * length) / 4 + lane;
          const product = fround(sum - QUERY_OFFSET * words[facts + 12]!);
          const score = fround(fround(product * floats[facts]!) * floats[param]!);
          const error = fround(
            fround(floats[facts + 4]! * floats[param + 1]!) + fround(floats[facts + 8]! * floats[param + 2]!),
          );
          const upper = fround(score + error);
          if (!(upper >= floats[param + 3]!)) continue;
          words[end / 4] = query;
          words[end / 4 + 1] = row + lane;
          floats[end / 4 + 2] = upper;
          floats[end / 4 + 3] = score - error;
          end += 16;
        }
      }
    }
    return { next: row, end };
  };
}
