import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { WorkerLimits } from './executor.ts';

/** What a runtime such as V8 may reserve and never use. */
const RESERVED_BYTES = 2 ** 30;

/**
 * Programs that a command is put under, so that limits hold from its first instruction. Memory is watched by the
 * supervisor as what is resident; the limit of the kernel lies far above that, since it counts what is only reserved,
 * and is there for what grows faster than anybody looks.
 */
export const limitTools: readonly LimitTool[] = [
  {
    program: 'nice',
    does: 'niceness',
    args: ({ nice }) => (nice > 0 ? ['-n', String(nice)] : null),
  },
  {
    program: 'prlimit',
    does: 'a ceiling for memory in the kernel, no core files',
    args: ({ memoryBytes }) => [
      ...(memoryBytes === null ? [] : [`--data=${RESERVED_BYTES + 2 * memoryBytes}`]),
      '--core=0',
      '--',
    ],
  },
];

export interface LimitTool {
  program: string;
  /** What is not limited where the program is missing. */
  does: string;
  /** null where nothing is to be limited. */
  args(limits: WorkerLimits): string[] | null;
}

/** The command under the limits that this system can set. */
export function underLimits(command: readonly string[], limits: WorkerLimits): string[] {
  const before = limitTools.flatMap(({ program, args }) => {
    const given = args(limits);
    return given && isInstalled(program) ? [program, ...given] : [];
  });
  return [...before, ...command];
}

/**
 * Which limits of a worker cannot be set on this machine, in words: none where all of `nice` and `prlimit` are there.
 *
 * @example
 * ```ts
 * import { missingLimits } from '@semblance/jobs';
 *
 * for (const limit of missingLimits()) console.log(`cannot limit: ${limit}`);
 * ```
 */
export function missingLimits(): string[] {
  return limitTools
    .filter(({ program }) => !isInstalled(program))
    .map(({ program, does }) => `${does} (no ${program})`);
}

const found = new Map<string, boolean>();

/** Whether a program is in PATH: looked for once. */
export function isInstalled(program: string): boolean {
  let known = found.get(program);
  if (known === undefined) {
    known = findProgram(program) !== null;
    found.set(program, known);
  }
  return known;
}

/** Where a program is; null where it is not in PATH. */
export function findProgram(program: string): string | null {
  for (const dir of (process.env.PATH ?? '').split(delimiter)) {
    try {
      accessSync(join(dir, program), constants.X_OK);
      return join(dir, program);
    } catch {
      // not in this folder
    }
  }
  return null;
}
