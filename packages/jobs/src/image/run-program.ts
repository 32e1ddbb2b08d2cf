import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Env } from '@semblance/core';
import { SemblanceError } from '../error.ts';

export interface ProgramOptions {
  cwd?: string;
  env?: Env;
  /** File that takes its standard output in place of the result. */
  outputFile?: string;
}

/**
 * Runs a program to its end.
 *
 * @returns what it wrote to standard output
 * @throws OCI_BUILD_FAILED with the last lines of what it said; OCI_UNSUPPORTED where it is not on this machine
 */
export async function runProgram(
  [program, ...args]: readonly [string, ...string[]],
  { cwd, env = process.env, outputFile }: ProgramOptions = {},
): Promise<string> {
  await using file = outputFile === undefined ? null : await open(outputFile, 'w');
  const child = spawn(program, args, {
    cwd,
    env: env as NodeJS.ProcessEnv,
    stdio: ['ignore', file?.fd ?? 'pipe', 'pipe'],
  });
  let [out, said] = ['', ''];
  child.stdout?.on('data', (data) => {
    out += data;
  });
  child.stderr!.on('data', (data) => {
    said = (said + data).slice(-20_000);
  });
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', (cause) =>
      reject(
        new SemblanceError('OCI_UNSUPPORTED', `${program} cannot be started: ${cause.message}`, { cause }),
      ),
    );
    child.once('close', (code) => resolve(code ?? 128));
  });
  if (code === 0) return out;
  const tail = `${out.slice(-20_000)}\n${said}`.trim().split('\n').slice(-20).join('\n');
  throw new SemblanceError('OCI_BUILD_FAILED', `${program} ${args[0] ?? ''} ended with ${code}:\n${tail}`);
}

/** Where a program is, by PATH and where administrators' programs lie; null where it is not. */
export function findProgram(name: string, env: Env = process.env): string | null {
  for (const dir of [...(env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin']) {
    try {
      accessSync(join(dir, name), constants.X_OK);
      return join(dir, name);
    } catch {
      // the next one
    }
  }
  return null;
}
