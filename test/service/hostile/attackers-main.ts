// Attackers in a process of their own, behind all others at the processor, as strangers' machines would be no burden.

import { setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AttackOn, attacks } from './attacks.ts';

const on = JSON.parse(process.argv[2]!) as AttackOn;
const wanted = process.argv.slice(3);
/** Answers of each attack by status. */
const counts: Record<string, Record<string, number>> = {};
let isOver = false;

async function attackAgainAndAgain(
  name: string,
  { attack, pauseMs }: Attacker,
  first: number,
): Promise<void> {
  for (let i = first; !isOver; i += 1000) {
    // a connection that is cut off while a body that is refused is still on its way
    const status = await attack(on, i).catch(() => 'cut off');
    const own = (counts[name] ??= {});
    own[status] = (own[status] ?? 0) + 1;
    await sleep(pauseMs);
  }
}

type Attacker = Awaited<ReturnType<typeof attacks>>[string];

const all = await attacks();
setPriority(19);
const chosen = Object.entries(all).filter(([name]) => wanted.length === 0 || wanted.includes(name));
const running = chosen.flatMap(([name, attacker], k) =>
  Array.from({ length: attacker.parallel }, (_, n) => attackAgainAndAgain(name, attacker, 100 * k + n)),
);
process.send!('attacking');
process.on('message', async () => {
  isOver = true;
  await Promise.all(running);
  process.send!(counts);
  process.disconnect();
});
process.once('disconnect', () => process.exit());
