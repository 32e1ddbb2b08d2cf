type Step = () => unknown;

/** Times of several steps in milliseconds, run in turn `rounds` times after half as many that warm up: code is compiled there. */
export async function timesInTurn(rounds: number, steps: readonly Step[]): Promise<number[][]> {
  const all: number[][] = steps.map(() => []);
  for (let round = -Math.ceil(rounds / 2); round < rounds; round++) {
    for (const [i, step] of steps.entries()) {
      const start = performance.now();
      await step();
      if (round >= 0) all[i]!.push(performance.now() - start);
    }
  }
  return all;
}

export const times = async (rounds: number, step: Step) => (await timesInTurn(rounds, [step]))[0]!;

/** Runs `count` times with so many under way at a time; gives runs a second. */
export async function throughput(count: number, atOnce: number, step: Step): Promise<number> {
  let left = count;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left-- > 0) await step();
    }),
  );
  return (1000 * count) / (performance.now() - start);
}
