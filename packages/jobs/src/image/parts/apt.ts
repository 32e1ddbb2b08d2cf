import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, writeFile, writeFileAside } from '@semblance/core/files';
import { SemblanceError } from '../../error.ts';
import type { Architecture } from '../oci/media.ts';
import { findProgram, runProgram } from '../run-program.ts';

/** Lists of packages older than this are fetched again. */
const LISTS_AGE_MS = 24 * 3600 * 1000;

export interface AptOptions {
  architecture: Architecture;
  /** Folder for lists and downloaded packages, kept from build to build. */
  cache: string;
  /** File with apt's sources; the machine's own unless given. */
  sources?: string;
  /** Fetches the lists again whatever their age. */
  refresh?: boolean;
}

/**
 * Debian's or Ubuntu's packages for an image: which ones a list of names needs, and their files.
 *
 * apt works in a folder of its own, as on an empty machine, so that nothing of this one decides; also for the other
 * architecture, and without being root.
 */
export class Apt {
  readonly #dir: string;
  readonly #env: Record<string, string | undefined>;

  private constructor(dir: string) {
    this.#dir = dir;
    this.#env = { ...process.env, APT_CONFIG: join(dir, 'apt.conf'), LC_ALL: 'C' };
  }

  /** @throws OCI_UNSUPPORTED where the machine has no apt or no sources */
  static async open({ architecture, cache, sources: given, refresh = false }: AptOptions): Promise<Apt> {
    const sources = given ?? machineSources();
    if (sources === null || !findProgram('apt-get') || !findProgram('dpkg-deb'))
      throw new SemblanceError(
        'OCI_UNSUPPORTED',
        'a base of packages needs apt, which this machine does not have: name another base with --base',
      );
    const dir = join(cache, architecture);
    for (const folder of ['state/lists/partial', 'cache/archives/partial', 'etc'])
      await makeFolder(join(dir, folder));
    await writeFile(join(dir, 'status'), '');
    await writeFileAside(join(dir, 'apt.conf'), config(dir, architecture, sources));
    const apt = new Apt(dir);
    if (refresh || (await isOld(join(dir, 'updated')))) await apt.#update();
    return apt;
  }

  /** The package files that these packages and all they depend on consist of, `name_version_architecture.deb`, sorted. */
  async resolve(packages: readonly string[]): Promise<string[]> {
    const out = await this.#get('install', '--simulate', ...packages);
    // Inst libc6 (2.36-9 Debian:12/stable [amd64])
    const lines = out.matchAll(/^Inst (\S+) (?:\[\S+\] )?\((\S+) .*\[(\w+)\]/gm);
    return [...lines]
      .map(
        ([, name, version, architecture]) => `${name}_${version!.replaceAll(':', '%3a')}_${architecture}.deb`,
      )
      .sort();
  }

  /** Fetches those files. @returns the folder where they lie */
  async download(packages: readonly string[], files: readonly string[]): Promise<string> {
    const archives = join(this.#dir, 'cache', 'archives');
    const there = new Set(await readdir(archives));
    if (files.every((file) => there.has(file))) return archives;
    try {
      await this.#get('install', '--download-only', ...packages);
    } catch {
      // what is in the lists may be gone from the archive
      await this.#update();
      await this.#get('install', '--download-only', ...packages);
    }
    const missing = files.filter((file) => !existsSync(join(archives, file)));
    if (missing.length === 0) return archives;
    throw new SemblanceError(
      'OCI_BUILD_FAILED',
      `newer packages have come out meanwhile (${missing[0]}): build again`,
    );
  }

  async #update(): Promise<void> {
    await this.#get('update');
    await writeFile(join(this.#dir, 'updated'), '');
  }

  #get(verb: string, ...args: string[]): Promise<string> {
    return runProgram(['apt-get', '-y', '-q', verb, ...args], { env: this.#env });
  }
}

function config(dir: string, architecture: Architecture, sources: string): string {
  const settings = {
    'Dir::State': join(dir, 'state'),
    'Dir::State::status': join(dir, 'status'),
    'Dir::Cache': join(dir, 'cache'),
    'Dir::Etc::sourcelist': sources,
    'Dir::Etc::sourceparts': '-',
    'Dir::Etc::preferences': '/dev/null',
    'Dir::Etc::preferencesparts': '/dev/null',
    'APT::Architecture': architecture,
    'APT::Architectures': architecture,
    'APT::Sandbox::User': '',
    'APT::Install-Recommends': 'false',
    'Acquire::Languages': 'none',
    'Debug::NoLocking': 'true',
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name} "${value}";\n`)
    .join('');
}

/** The sources of the distribution itself, without what somebody has added. */
function machineSources(): string | null {
  const places = ['sources.list.d/debian.sources', 'sources.list.d/ubuntu.sources', 'sources.list'];
  return places.map((name) => join('/etc/apt', name)).find((path) => existsSync(path)) ?? null;
}

async function isOld(stamp: string): Promise<boolean> {
  const found = await stat(stamp).catch(() => null);
  return found === null || Date.now() - found.mtimeMs > LISTS_AGE_MS;
}
