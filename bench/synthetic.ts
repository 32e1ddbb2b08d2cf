/**
 * How many synthetic pictures one core renders in a second: `node bench/synthetic.ts`.
 * Processor time is what counts, so that a busy machine tells the same as an idle one, nearly.
 */

import { renderAlignedCrop } from '../packages/synthetic/src/aligned.ts';
import { createIdentity, type Identity } from '../packages/synthetic/src/identity/identity.ts';
import { renderPortrait } from '../packages/synthetic/src/portrait.ts';
import { renderScene } from '../packages/synthetic/src/scene.ts';

const known = Array.from({ length: 20 }, (_, i) => createIdentity(500 + i));

const CASES: Record<string, (i: number) => void> = {
  'portrait 160 px, known person': (i) => renderPortrait(personOf(i), { seed: i }),
  'portrait 112 px, known person': (i) => renderPortrait(personOf(i), { seed: i, size: 112 }),
  'aligned crop 112 px, known person': (i) => renderAlignedCrop(personOf(i), { seed: i }),
  'portrait 160 px, new person each': (i) => renderPortrait(createIdentity(10_000 + i), { seed: i }),
  'scene 320 × 240, strangers': (i) => renderScene({ seed: i, width: 320, height: 240 }),
  'scene 640 × 480, strangers': (i) => renderScene({ seed: i, width: 640, height: 480 }),
};

function personOf(i: number): Identity {
  return known[i % known.length]!;
}

const seconds = () => process.cpuUsage().user / 1e6;
for (const [name, run] of Object.entries(CASES)) {
  for (let i = 0; i < known.length; i++) run(i);
  const start = seconds();
  let count = 0;
  while (seconds() - start < 3) run(known.length + count++);
  console.log(`${name.padEnd(36)} ${(count / (seconds() - start)).toFixed(1).padStart(7)} a second`);
}
