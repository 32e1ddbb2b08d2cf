import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Leaves what this rank found where the test that started it looks. */
export function report(rank: number, result: unknown): void {
  writeFileSync(join(process.env.RESULT_DIR!, `rank-${rank}.json`), JSON.stringify(result));
}
