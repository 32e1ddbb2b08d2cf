import { statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Whether every user may enter a folder: root's own home is closed to others, with all that is cloned into it. */
export function isOpenToOthers(folder: string): boolean {
  const isOpen = (statSync(folder).mode & 0o001) !== 0;
  return isOpen && (dirname(folder) === folder || isOpenToOthers(dirname(folder)));
}
