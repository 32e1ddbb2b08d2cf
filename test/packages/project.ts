import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { Registry } from './registry.ts';

export interface Ran {
  code: number | null;
  out: string;
  err: string;
}

/** An empty folder, as somebody has who never saw this repository. */
export class Project {
  readonly dir: string;
  readonly #env: Record<string, string>;

  /**
   * @param home what is kept of Semblance on this machine
   * @param npmDir folder of another npm, where the machine's is too old
   */
  constructor(dir: string, registry: Registry, home: string, npmDir: string | null) {
    this.dir = dir;
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, 'package.json'), '{ "private": true, "type": "module" }\n');
    // npm takes variables for settings: those of the command that started the tests are not this project's
    const inherited = Object.entries(process.env).filter(
      ([name, value]) => value !== undefined && (!/^npm_/i.test(name) || /^npm_config_cache$/i.test(name)),
    );
    const npmrc = join(dir, '.npmrc');
    writeFileSync(npmrc, registry.npmrc);
    const nodeDir = dirname(process.execPath);
    this.#env = {
      ...(Object.fromEntries(inherited) as Record<string, string>),
      PATH: [npmDir, nodeDir, process.env.PATH].filter(Boolean).join(delimiter),
      npm_config_userconfig: npmrc,
      SEMBLANCE_HOME: home,
      ONNXRUNTIME_NODE_INSTALL: 'skip',
      SEMBLANCE_JOB_IDLE_MS: '1000',
    };
  }

  path(...parts: string[]): string {
    return join(this.dir, ...parts);
  }

  /** Runs a program in the folder to its end. */
  run(program: string, ...args: string[]): Promise<Ran> {
    return new Promise((resolve) => {
      const options = { cwd: this.dir, env: this.#env, maxBuffer: 64 << 20 };
      execFile(program, args, options, (error, out, err) => {
        const code = error ? (typeof error.code === 'number' ? error.code : null) : 0;
        resolve({ code, out, err: error && code === null ? `${err}\n${error.message}` : err });
      });
    });
  }

  /** Starts a program in the folder. */
  start(program: string, ...args: string[]) {
    return spawn(program, args, { cwd: this.dir, env: this.#env, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** `npm install`, which must succeed. */
  async install(...packages: string[]): Promise<void> {
    const { code, out, err } = await this.run(
      'npm',
      ...['install', '--prefer-offline', '--no-audit', '--no-fund', '--no-update-notifier', ...packages],
    );
    if (code !== 0) throw new Error(`npm install ${packages.join(' ')} ended with ${code}:\n${out}\n${err}`);
  }

  /** `npx semblance …` */
  semblance(...args: string[]): Promise<Ran> {
    return this.run('npx', 'semblance', ...args);
  }

  /** The installed program, without npx between it and signals. */
  get program(): string {
    const path = this.path('node_modules', '.bin', 'semblance');
    if (!existsSync(path)) throw new Error(`npm linked no ${path}`);
    return path;
  }
}
