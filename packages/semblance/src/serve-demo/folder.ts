import { readdir } from 'node:fs/promises';
import { exists, makeFolder, readTextFile, takeLock, writeFile } from '@semblance/core/files';
import { SemblanceError } from '../error.ts';
import { type DemoSize, demoSizes, servedDemoFolders } from './plan.ts';

const FORMAT = 'semblance-demo/1';

/**
 * Takes a folder for a demo service: one that is missing or empty becomes a demo's, and one that is a demo's already is
 * continued in the size it has.
 *
 * @returns the size, and the lock that keeps others from filling the folder meanwhile
 * @throws SemblanceError PATH_EXISTS for a folder with anything else in it, which stays as it is; PATH_BUSY; DATA_CORRUPT
 */
export async function claimFolder(
  state: string,
  size: DemoSize,
): Promise<{ size: DemoSize; lock: Disposable }> {
  const { root, mark, lock } = servedDemoFolders(state);
  const isDemo = await exists(mark);
  if (!isDemo && (await filesOf(state)).length > 0) {
    throw new SemblanceError(
      'PATH_EXISTS',
      `${state} is not empty and holds no demo: give --state a folder of its own, which may be missing`,
    );
  }
  await makeFolder(root, { mode: 0o700 });
  const held = takeLock(lock, { what: `the demo in ${state}`, holder: 'semblance serve --demo' });
  try {
    if (isDemo) return { size: sizeOf(await readTextFile(mark), mark), lock: held };
    await writeFile(mark, `${JSON.stringify({ format: FORMAT, size })}\n`);
    return { size, lock: held };
  } catch (error) {
    held[Symbol.dispose]();
    throw error;
  }
}

async function filesOf(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function sizeOf(text: string, mark: string): DemoSize {
  try {
    const { format, size } = JSON.parse(text);
    if (format === FORMAT && Object.hasOwn(demoSizes, size)) return size;
  } catch {
    // said below, as of any other text
  }
  throw new SemblanceError('DATA_CORRUPT', `${mark} does not say what demo this is: remove its folder`);
}
