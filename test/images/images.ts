import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPackages } from '../../scripts/packaging/build-packages.ts';
import { root } from '../source-files.ts';

/** Downloads and layers outlive a run of the tests. */
const cache = join(root, 'node_modules', '.cache', 'images');
const keptLayers = join(cache, 'layers');

export interface Ran {
  code: number | null;
  out: string;
  err: string;
}

/** Images of this machine for the tests, in a home of their own, and the command line that makes them. */
export class Images {
  readonly dir = mkdtempSync(join(tmpdir(), 'images-'));
  readonly home = join(this.dir, 'home');
  readonly packages = join(this.dir, 'packages');

  readonly #blobs = join(this.home, 'images', 'layout', 'blobs', 'sha256');
  /** What `image build` is told to take these packages and those that were downloaded. */
  readonly buildOptions = ['--packages', this.packages, '--cache', cache];

  constructor() {
    buildPackages(this.packages);
    for (const dir of [cache, keptLayers, this.#blobs]) mkdirSync(dir, { recursive: true });
    link(keptLayers, this.#blobs);
  }

  path(...parts: string[]): string {
    return join(this.dir, ...parts);
  }

  start(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
    const main = join(root, 'packages', 'semblance', 'src', 'main.ts');
    return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], {
      env: { ...process.env, SEMBLANCE_HOME: this.home, ...env },
      cwd: this.dir,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  }

  async semblance(args: readonly string[], { input = '', env = {} } = {}): Promise<Ran> {
    const child = this.start(args, env);
    const ran: Ran = { code: null, out: '', err: '' };
    child.stdout!.on('data', (data) => (ran.out += data));
    child.stderr!.on('data', (data) => (ran.err += data));
    child.stdin!.end(input);
    [ran.code] = await once(child, 'close');
    return ran;
  }

  /** `semblance image …`, which must succeed; gives what it printed. */
  async image(...args: string[]): Promise<string> {
    const { code, out, err } = await this.semblance(['image', ...args]);
    if (code !== 0) throw new Error(`image ${args.join(' ')} ended with ${code}:\n${out}\n${err}`);
    return out;
  }

  /** Builds an image from packages that are downloaded once. @returns its digest */
  async build(what: string, ...args: string[]): Promise<string> {
    const out = await this.image('build', what, ...this.buildOptions, ...args);
    return /sha256:[0-9a-f]{64}/.exec(out)![0];
  }

  remove(): void {
    if (!existsSync(this.dir)) return;
    link(this.#blobs, keptLayers);
    execFileSync('find', [keptLayers, '-type', 'f', '-mtime', '+2', '-delete']);
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** Layers are not changed once they are written: their names are what is in them. */
const link = (from: string, to: string): void =>
  void execFileSync('cp', ['--archive', '--no-clobber', `${from}/.`, to]);
