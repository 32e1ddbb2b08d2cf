import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildPackages } from '../../scripts/packaging/build-packages.ts';
import { workspacePackages } from '../../scripts/packaging/packages.ts';
import { Project } from './project.ts';
import { type Registry, startRegistry } from './registry.ts';

const run = promisify(execFile);
const LEAST_NPM = 10;

/** Every package of the repository on a registry of this machine, and empty folders to install them in. */
export class Published {
  readonly #dir: string;
  readonly #registry: Registry;
  #npmDir: string | null = null;

  private constructor(dir: string, registry: Registry) {
    this.#dir = dir;
    this.#registry = registry;
  }

  /** Builds and publishes them all. */
  static async start(): Promise<Published> {
    const dir = mkdtempSync(join(tmpdir(), 'semblance-published-'));
    const own = workspacePackages().map(({ json }) => json.name);
    const registry = await startRegistry(join(dir, 'registry'), own);
    const published = new Published(dir, registry);
    await published.#useRecentNpm();
    const publisher = published.project('publisher');
    const built = buildPackages(join(dir, 'packages'));
    await Promise.all(
      built.map(async (each) => {
        const { code, err } = await publisher.run('npm', 'publish', '--ignore-scripts', each.dir);
        if (code !== 0) throw new Error(`${each.name} cannot be published: ${err}`);
      }),
    );
    return published;
  }

  project(name: string): Project {
    return new Project(join(this.#dir, name), this.#registry, join(this.#dir, 'home'), this.#npmDir);
  }

  /** Programs that were started by then must have ended. */
  stop(): void {
    this.#registry.stop();
    rmSync(this.#dir, { recursive: true, force: true });
  }

  /** Debian 12 has npm 9, which does not run on today's Node. */
  async #useRecentNpm(): Promise<void> {
    const { stdout } = await run('npm', ['--version']);
    if (Number.parseInt(stdout, 10) >= LEAST_NPM) return;
    const prefix = join(this.#dir, 'npm');
    await run('npm', ['install', '--prefix', prefix, '--registry', this.#registry.url, 'npm@11']);
    this.#npmDir = join(prefix, 'node_modules', '.bin');
  }
}

/** The program of another Node.js: npm has one package for each platform. */
export async function installNode(project: Project, range: string): Promise<string> {
  const name = `node-${process.platform}-${process.arch}`;
  await project.install(`${name}@${range}`);
  return project.path('node_modules', name, 'bin', 'node');
}
