import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Writes `report.html` and the same facts as `report.json` into a folder, which is made where it is missing; and
 * other files by their name.
 */
export async function writeReport(
  dir: string,
  html: string,
  facts: unknown,
  others: Readonly<Record<string, string>> = {},
): Promise<void> {
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, 'report.html'), html);
  await writeFile(join(dir, 'report.json'), `${JSON.stringify(facts, null, 2)}\n`);
  for (const [name, text] of Object.entries(others)) await writeFile(join(dir, name), text);
}
