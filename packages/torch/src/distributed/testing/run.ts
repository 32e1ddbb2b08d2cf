import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const launcher = fileURLToPath(new URL('../../../bin/torch-run.mjs', import.meta.url));

export const scriptPath = (name: string) => fileURLToPath(new URL(`./${name}.ts`, import.meta.url));

export interface RunResult {
  code: number | null;
  stdout: string;
  stderr: string;
  /** What each rank reported. */
  // biome-ignore lint/suspicious/noExplicitAny: each script reports something of its own
  reports: any[];
}

export interface Running {
  pid: number;
  /** Resolves when `pattern` has been seen in the output so many times: the first group of each. */
  seen(pattern: RegExp, times: number): Promise<string[]>;
  ended: Promise<RunResult>;
}

/** `torch-run <flags> <script of this folder> <args>`, one thread a rank. */
export function start(flags: string[], script: string, args: string[] = []): Running {
  const resultDir = mkdtempSync(join(tmpdir(), 'torch-run-'));
  const child = spawn(process.execPath, [launcher, ...flags, scriptPath(script), ...args], {
    env: { ...process.env, RESULT_DIR: resultDir, OMP_NUM_THREADS: '1', NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const watchers = new Set<() => void>();
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
    for (const watch of watchers) watch();
  });
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const ended = new Promise<RunResult>((resolve) =>
    child.on('close', (code) => {
      const reports: unknown[] = [];
      for (let rank = 0; existsSync(join(resultDir, `rank-${rank}.json`)); rank++)
        reports.push(JSON.parse(readFileSync(join(resultDir, `rank-${rank}.json`), 'utf8')));
      rmSync(resultDir, { recursive: true });
      resolve({ code, stdout, stderr, reports });
    }),
  );
  const seen = (pattern: RegExp, times: number) =>
    new Promise<string[]>((resolve, reject) => {
      const watch = () => {
        const found = [...stdout.matchAll(new RegExp(pattern, 'g'))].map((match) => match[1]!);
        if (found.length < times) return;
        watchers.delete(watch);
        resolve(found);
      };
      watchers.add(watch);
      ended.then(({ stderr: text }) => reject(new Error(`ended before ${pattern} was seen: ${text}`)));
      watch();
    });
  return { pid: child.pid!, seen, ended };
}

/** Runs to the end and expects it to be a good one. */
export async function run(flags: string[], script: string, args: string[] = []): Promise<RunResult> {
  const result = await start(flags, script, args).ended;
  if (result.code !== 0) throw new Error(`torch-run ended with ${result.code}:\n${result.stderr}`);
  return result;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
