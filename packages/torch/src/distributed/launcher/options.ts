import { availableParallelism } from 'node:os';
import { TorchError } from '../../error.ts';

type Env = Readonly<Record<string, string | undefined>>;

export interface LaunchOptions {
  /** Ranks on this machine. */
  nproc: number;
  nnodes: number;
  nodeRank: number;
  masterAddr: string;
  /** 0 picks a free port anew for each attempt. */
  masterPort: number;
  maxRestarts: number;
  /** Each rank's output goes to `<logDir>/rank-<rank>.log` too. */
  logDir: string | null;
  isPrefixed: boolean;
  /** Time between asking a rank to end and killing it. */
  graceMs: number;
  /** That time where the launcher itself is told to end, so that ranks can save what they have; `graceMs` where missing. */
  saveMs?: number;
  /** False where the script is a program of its own. */
  isNode: boolean;
  script: string;
  args: string[];
}

export const usage = `torch-run [options] script [arguments…]

Starts ranks of a distributed program on this machine, restarts them when one fails, and leaves none behind.

  --nproc N          ranks on this machine, or "auto" for one per CPU       (PET_NPROC_PER_NODE, 1)
  --nnodes N         machines that take part, each with its own torch-run    (PET_NNODES, 1)
  --node-rank R      this machine's number, from 0                           (PET_NODE_RANK, 0)
  --master-addr HOST where rank 0 runs                                       (PET_MASTER_ADDR, 127.0.0.1)
  --master-port P    port of rank 0; 0 is any free one, on one machine       (PET_MASTER_PORT, 0 or 29500)
  --max-restarts K   how often a failed group is started again               (PET_MAX_RESTARTS, 0)
  --log-dir DIR      write each rank's output to DIR/rank-R.log as well
  --grace-ms MS      time a rank has between SIGTERM and SIGKILL             (5000)
  --no-prefix        do not put "[rank R]" before lines of output
  --no-node          the script is a program, not a file for Node.js
  --help
`;

/** Flags that take a value, under torchrun's spellings too (`_` is `-`). */
const valueFlags: Record<string, string> = {
  nproc: 'nproc',
  'nproc-per-node': 'nproc',
  nnodes: 'nnodes',
  'node-rank': 'node-rank',
  'master-addr': 'master-addr',
  'master-port': 'master-port',
  'max-restarts': 'max-restarts',
  'log-dir': 'log-dir',
  'grace-ms': 'grace-ms',
};
const switches = new Set(['no-prefix', 'no-node', 'help']);

const refuse = (message: string) => new TorchError('LAUNCH_USAGE', message);

function split(argv: readonly string[]): { flags: Map<string, string>; rest: string[] } {
  const flags = new Map<string, string>();
  let i = 0;
  for (; i < argv.length && argv[i]!.startsWith('--') && argv[i] !== '--'; i++) {
    const [written = '', inline] = argv[i]!.slice(2).split(/=(.*)/s);
    const name = written.replaceAll('_', '-');
    if (switches.has(name)) flags.set(name, '');
    else if (!valueFlags[name]) throw refuse(`There is no option --${written}`);
    else {
      const value = inline ?? argv[++i];
      if (value === undefined) throw refuse(`--${written} needs a value`);
      flags.set(valueFlags[name], value);
    }
  }
  return { flags, rest: argv.slice(argv[i] === '--' ? i + 1 : i) };
}

/**
 * Reads the command line; what it leaves out comes from Kubeflow's PET_* variables.
 *
 * @returns null where help was asked for
 * @throws TorchError LAUNCH_USAGE
 */
export function readOptions(argv: readonly string[], env: Env = process.env): LaunchOptions | null {
  const { flags, rest } = split(argv);
  if (flags.has('help')) return null;
  const text = (flag: string, variable?: string) => flags.get(flag) ?? (variable ? env[variable] : undefined);
  const number = (flag: string, fallback: number, variable?: string) => {
    const given = text(flag, variable);
    if (given === undefined) return fallback;
    if (!/^\d+$/.test(given)) throw refuse(`Expected a whole number for --${flag} but received "${given}"`);
    return Number(given);
  };
  const perNode = text('nproc', 'PET_NPROC_PER_NODE');
  const nproc =
    perNode === 'auto' || perNode === 'cpu'
      ? availableParallelism()
      : number('nproc', 1, 'PET_NPROC_PER_NODE');
  const nnodes = number('nnodes', 1, 'PET_NNODES');
  const nodeRank = number('node-rank', 0, 'PET_NODE_RANK');
  const masterAddr = text('master-addr', 'PET_MASTER_ADDR');
  if (nproc < 1 || nnodes < 1) throw refuse('Expected at least 1 for --nproc and --nnodes');
  if (nodeRank >= nnodes) throw refuse(`Expected --node-rank below ${nnodes} but received ${nodeRank}`);
  if (nnodes > 1 && !masterAddr) throw refuse('With several machines --master-addr is needed');
  const [script, ...args] = rest;
  if (script === undefined) throw refuse('Expected a script to run');
  return {
    nproc,
    nnodes,
    nodeRank,
    masterAddr: masterAddr ?? '127.0.0.1',
    masterPort: number('master-port', nnodes > 1 ? 29500 : 0, 'PET_MASTER_PORT'),
    maxRestarts: number('max-restarts', 0, 'PET_MAX_RESTARTS'),
    logDir: text('log-dir') ?? null,
    isPrefixed: !flags.has('no-prefix'),
    graceMs: number('grace-ms', 5000),
    isNode: !flags.has('no-node'),
    script,
    args,
  };
}
