import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import type { Need } from './need.ts';
import { findProgram } from './unpack.ts';

/** What a program prints; null where it fails or is not there. */
async function outputOf(program: string, ...args: string[]): Promise<string | null> {
  try {
    return (await promisify(execFile)(program, args, { maxBuffer: 64 << 20 })).stdout;
  } catch {
    return null;
  }
}

const font: Need = {
  name: 'a font',
  debian: ['fonts-dejavu-core'],
  otherwise: 'install any TrueType font',
  without: 'names on annotated photos',
  async find() {
    if (process.platform !== 'linux') return "the system's";
    for (const dir of ['/usr/share/fonts', '/usr/local/share/fonts']) {
      const files = await readdir(dir, { recursive: true }).catch(() => []);
      const file = files.find((name) => /\.[to]tf$/.test(name));
      if (file) return `${dir}/${file}`;
    }
    return null;
  },
};

const compiler: Need = {
  name: 'a C++ compiler',
  debian: ['g++'],
  otherwise: 'install g++, or name another compiler in CXX',
  async find({ CXX = 'g++' }) {
    return (await outputOf(CXX, '--version'))?.split('\n')[0] ?? null;
  },
};

const libtorch: Need = {
  name: 'libtorch',
  debian: ['libtorch-dev'],
  otherwise:
    'unpack a libtorch of 1.13 to 2.11, or install the Python package torch, and name its folder in LIBTORCH',
  async find(env) {
    const { findLibtorch } = await import('@semblance/torch/addon');
    try {
      const { version, lib, origin } = findLibtorch(env);
      return `${version} in ${lib} (${origin})`;
    } catch (error) {
      // a folder that was named and has none is for the user to mend
      if (env.LIBTORCH) throw error;
      return null;
    }
  },
};

const blas: Need = {
  name: 'a tuned BLAS',
  debian: ['libopenblas0-openmp'],
  otherwise: 'install OpenBLAS or MKL',
  async find(env) {
    const { findLibtorch } = await import('@semblance/torch/addon');
    try {
      const { origin } = findLibtorch(env);
      if (origin !== 'system') return `libtorch's own (${origin})`;
    } catch {
      // there will be the system's libtorch, which takes the system's BLAS
    }
    // Debian's libblas3 alone is eighty times slower
    const libraries = (await outputOf('/sbin/ldconfig', '-p')) ?? (await outputOf('ldconfig', '-p')) ?? '';
    return /\S*lib(?:openblas|mkl_rt)\S*\.so\S*/.exec(libraries)?.[0] ?? null;
  },
};

const objectStore: Need = {
  name: 'OpenStack Swift',
  debian: ['python3-swift'],
  otherwise: 'install OpenStack Swift for /usr/bin/python3',
  without: 'the tests of object storage, which are skipped',
  async find() {
    const probe = 'import swift.proxy.server as s; print(s.__file__)';
    return (await outputOf('/usr/bin/python3', '-c', probe))?.trim() ?? null;
  },
};

const slurm: Need = {
  name: 'Slurm',
  debian: ['slurm-wlm', 'munge'],
  otherwise: 'install Slurm with its daemons, and munge',
  without: 'the tests of executor slurm, which are skipped',
  async find() {
    if (process.platform !== 'linux') return 'not needed here';
    const hasMunge =
      (await outputOf('/usr/sbin/munged', '--version')) ?? (await outputOf('munged', '--version'));
    const version = (await outputOf('/usr/sbin/slurmctld', '-V')) ?? (await outputOf('slurmctld', '-V'));
    return hasMunge === null ? null : (version?.trim() ?? null);
  },
};

/** Keeps versions for several machines; only its server program is used, by a user of its own. */
const postgres: Need = {
  name: 'PostgreSQL',
  debian: ['postgresql'],
  otherwise: 'install PostgreSQL with its server',
  without: 'the tests of stores in PostgreSQL, which are skipped',
  async find() {
    if (process.platform !== 'linux') return 'not needed here';
    const versions = await readdir('/usr/lib/postgresql').catch(() => []);
    for (const version of versions) {
      const found = await outputOf(`/usr/lib/postgresql/${version}/bin/postgres`, '--version');
      if (found !== null) return found.trim();
    }
    return null;
  },
};

/** Programs that watch that nothing calls out. */
const watchers = ['strace', 'ip'].map(
  (program): Need => ({
    name: program,
    debian: [program === 'ip' ? 'iproute2' : program],
    otherwise: `install ${program}`,
    without: 'the tests that listen for calls out, which are skipped',
    async find() {
      if (process.platform !== 'linux') return 'not needed here';
      const version = (await outputOf(program, '-V')) ?? (await outputOf(`/sbin/${program}`, '-V'));
      return version?.split('\n')[0] ?? null;
    },
  }),
);

/** Programs that images are held against: a registry, two engines' tools, and an emulator of the other platform. */
const imageTools = [
  ['buildah', 'buildah'],
  ['skopeo', 'skopeo'],
  ['docker-registry', 'docker-registry'],
  ['qemu-aarch64-static', 'qemu-user-static'],
].map(
  ([program, debian]): Need => ({
    name: program!,
    debian: [debian!],
    otherwise: `install ${program}`,
    without: 'the tests of container images that need it, which are skipped',
    async find() {
      if (process.platform !== 'linux') return 'not needed here';
      return (await outputOf(program!, '--version'))?.split('\n')[0] ?? null;
    },
  }),
);

/** Asked whether it takes the manifests of jobs, and of the service. */
const kubectl: Need = {
  name: 'kubectl',
  debian: ['kubernetes-client'],
  otherwise: 'install kubectl',
  without: 'the tests that ask it about manifests, which are skipped',
  async find() {
    return (await outputOf('kubectl', 'version', '--client'))?.split('\n')[0] ?? null;
  },
};

/** Asked whether it takes the unit of the service. */
const systemd: Need = {
  name: 'systemd-analyze',
  debian: ['systemd'],
  otherwise: 'install systemd',
  without: 'the test of the service’s unit, which is skipped',
  async find() {
    return (await outputOf('systemd-analyze', '--version'))?.split('\n')[0] ?? null;
  },
};

/** Programs that the edge of the service is held against, taken out of packages that would start services of their own. */
const edgeTools = [
  ['/usr/sbin/nginx', 'nginx', '-v'],
  ['/usr/bin/caddy', 'caddy', 'version'],
  ['/usr/bin/promtool', 'prometheus', '--version'],
].map(
  ([path, debian, ask]): Need => ({
    name: basename(path!),
    debian: [debian!],
    takeOut: path!,
    otherwise: `install ${debian}`,
    without: `the tests of the service that need ${basename(path!)}, which are skipped`,
    async find(env) {
      if (process.platform !== 'linux') return 'not needed here';
      const program = findProgram(path!, env);
      return program === null || (await outputOf(program, ask!)) === null ? null : program;
    },
  }),
);

/** Makes the certificates of tests. */
const openssl: Need = {
  name: 'openssl',
  debian: ['openssl'],
  otherwise: 'install openssl',
  without: 'the tests of TLS',
  async find() {
    return (await outputOf('openssl', 'version'))?.trim() ?? null;
  },
};

/** The client of the examples that call a service. */
const curl: Need = {
  name: 'curl',
  debian: ['curl'],
  otherwise: 'install curl',
  without: 'the tests of examples that call a service',
  async find() {
    return (await outputOf('curl', '--version'))?.split('\n')[0] ?? null;
  },
};

/** The browser in which the page is tried. */
const browser: Need = {
  name: 'Chromium',
  debian: ['chromium'],
  otherwise: 'install Chromium or Chrome as /usr/bin/chromium',
  without: 'the tests of the page, which are skipped',
  async find() {
    if (process.platform !== 'linux') return 'not needed here';
    return (await outputOf('/usr/bin/chromium', '--version'))?.trim() ?? null;
  },
};

/** What `setup` puts in place for each use: adding a need is adding one here. */
export const needs = {
  training: [font, compiler, libtorch, blas],
  serve: [font],
  tests: [
    objectStore,
    curl,
    openssl,
    slurm,
    postgres,
    ...watchers,
    ...imageTools,
    kubectl,
    systemd,
    browser,
    ...edgeTools,
  ],
} as const satisfies Record<string, readonly Need[]>;

export type Use = keyof typeof needs;
