import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';

const root = process.env.SEMBLANCE_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));

/** A path among the real photos and published weights, which are not part of the project. */
export const realData = (...parts: string[]): string => join(root, ...parts);

/** A suite that needs them: it is skipped, and says so, where they are not there. */
export function describeRealData(name: string, suite: () => void): void {
  describe.skipIf(!existsSync(root))(`${name} (real data; set SEMBLANCE_DATA; looked in ${root})`, suite);
}
