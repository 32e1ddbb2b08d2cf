import { stat } from 'node:fs/promises';

/** Whether something that can be reached stands at a path. */
export const exists = async (path: string): Promise<boolean> => (await stat(path).catch(() => null)) !== null;

/** Whether a file, or a link to one, stands at a path. */
export const isFile = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => null))?.isFile() ?? false;
