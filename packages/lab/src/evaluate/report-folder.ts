import { join } from 'node:path';
import { lockPlace, makeFolder, writeFileAside, writeJsonFile } from '@semblance/core/files';

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
  using _lock = await lockPlace(dir, 'a report');
  await makeFolder(dir);
  await writeFileAside(join(dir, 'report.html'), html);
  await writeJsonFile(join(dir, 'report.json'), facts);
  for (const [name, text] of Object.entries(others)) await writeFileAside(join(dir, name), text);
}
