import type { Finding } from './check.ts';
import { checks } from './checks.ts';

/** What each check of the machine finds, one after the other. */
export async function* examine(): AsyncGenerator<Finding & { name: string }> {
  for (const check of checks) yield { name: check.name, ...(await check.run()) };
}
