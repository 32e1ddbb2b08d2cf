/**
 * Makes 6 GB of tensors that no scope owns, one after another, without ever asking for a collection: V8 knows their
 * bytes and collects by itself. Prints the most bytes alive at one time.
 */
import { memory, ones } from '@semblance/torch';

for (let i = 0; i < 600; i++) {
  ones([10, 256, 1024]);
  // Finalizers run between turns of the event loop.
  if (i % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
}
console.log(JSON.stringify(memory()));
