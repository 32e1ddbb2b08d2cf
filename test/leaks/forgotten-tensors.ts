/**
 * Makes tensors that no scope owns and forgets them; prints the engine's counts before, with them, and after the
 * garbage collector has run, as one line of JSON. Needs --expose-gc.
 */
import { memory, ones } from '@semblance/torch';

const before = memory();
let held: unknown[] = Array.from({ length: 200 }, () => ones([256, 1024]));
const during = memory();
held = [];
for (let turn = 0; turn < 50 && memory().tensors > before.tensors; turn++) {
  globalThis.gc!();
  await new Promise((resolve) => setTimeout(resolve, 10));
}
console.log(JSON.stringify({ before, during, after: memory(), held: held.length }));
