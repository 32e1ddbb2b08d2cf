import { join } from 'node:path';
import { makeFolder } from '@semblance/core/files';
import { SemblanceError } from '../../error.ts';
import type { Architecture } from '../oci/media.ts';
import { findProgram, runProgram } from '../run-program.ts';

/** The Node.js of images: npm has its programs as packages, one for each platform. */
export const NODE_VERSION = '24.21.0';

/** npm's word for an architecture. */
export const npmCpu = (architecture: Architecture): string => (architecture === 'amd64' ? 'x64' : 'arm64');

export const nodePackage = (architecture: Architecture): string => `node-linux-${npmCpu(architecture)}`;

/** The first npm that installs for another platform. */
const LEAST_NPM = 10;
const OWN_NPM = '11.19.1';

/** Runs npm in a folder, without what npm was started with as settings, and without install scripts. */
export class Npm {
  readonly #command: readonly [string, ...string[]];
  readonly #env: Record<string, string | undefined>;

  private constructor(command: readonly [string, ...string[]]) {
    this.#command = command;
    const inherited = Object.entries(process.env).filter(([name]) => !/^npm_(?!config_)/i.test(name));
    this.#env = {
      ...Object.fromEntries(inherited),
      ONNXRUNTIME_NODE_INSTALL: 'skip',
      npm_config_update_notifier: 'false',
    };
  }

  /**
   * The machine's npm; where that is too old for other platforms, one of our own in the cache.
   *
   * @throws OCI_UNSUPPORTED where there is none
   */
  static async find(cache: string): Promise<Npm> {
    if (!findProgram('npm'))
      throw new SemblanceError('OCI_UNSUPPORTED', 'npm is missing on this machine: install it with Node.js');
    const version = await runProgram(['npm', '--version']);
    if (Number.parseInt(version, 10) >= LEAST_NPM) return new Npm(['npm']);
    const dir = join(cache, `npm-${OWN_NPM}`);
    const own = join(dir, 'node_modules', 'npm', 'bin', 'npm-cli.js');
    await makeFolder(dir);
    await new Npm(['npm']).run(dir, 'install', '--prefix', dir, '--no-save', `npm@${OWN_NPM}`);
    return new Npm([process.execPath, own]);
  }

  run(cwd: string, verb: string, ...args: string[]): Promise<string> {
    const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
    return runProgram([...this.#command, verb, ...quiet, ...args], { cwd, env: this.#env });
  }
}
