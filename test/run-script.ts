import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { root } from './source-files.ts';

export interface Finished {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs one of the scripts as a user would. */
export function script(name: string, ...args: string[]): Promise<Finished> {
  return new Promise((resolve) => {
    execFile(join(root, 'scripts', name), args, { maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
    });
  });
}
