import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isInstalled } from '../executor/limits.ts';

const programs = ['munged', 'slurmctld', 'slurmd', 'sbatch'];

/** Whether a Slurm of one's own can be started here: it is installed, and so is munge, and we are root. */
export const hasSlurm =
  process.getuid?.() === 0 &&
  programs.every((program) => isInstalled(program) || existsSync(`/usr/sbin/${program}`));

/** What a suite that needs it says where it is skipped. */
export const needsSlurm = 'needs Slurm, munge and root: semblance setup tests installs them';

export type SlurmDaemon = 'slurmctld' | 'slurmd';

export interface SlurmCluster {
  /** What Slurm's programs are told it by. */
  env: { SLURM_CONF: string };
  dir: string;
  /** Kills a daemon, `kill -9`; {@link start} brings it back. */
  kill(daemon: SlurmDaemon): Promise<void>;
  start(daemon: SlurmDaemon): Promise<void>;
  /** Jobs in the queue. */
  queue(): string[];
  /** Waits until nothing is in the queue: a job that has ended leaves it a little later. */
  untilEmpty(): Promise<void>;
  stop(): Promise<void>;
}

/** How long it may take to start. */
const START_MS = 100_000;
const GUARD = `cat; kill $(cat "$0"/*.pid); sleep 1; kill -9 $(cat "$0"/*.pid); rm -rf "$0"`;

/** Starts a Slurm of its own, whole, on loopback ports, with a munge of its own and nodes that are all this machine. */
export async function startSlurm({ nodes = 1, cpus = 8 } = {}): Promise<SlurmCluster> {
  const dir = await mkdtemp(join(tmpdir(), 'semblance-slurm-'));
  // munge's socket is for every user, in a folder that every user can enter
  chmodSync(dir, 0o755);
  const [controlPort, ...ports] = await freePorts(1 + nodes);
  const names = ports.map((_, i) => `n${i + 1}`);
  for (const name of ['state', 'munge', ...names]) mkdirSync(join(dir, name));
  writeFileSync(join(dir, 'munge/key'), randomBytes(1024), { mode: 0o400 });
  const conf = join(dir, 'slurm.conf');
  writeFileSync(conf, configuration(dir, controlPort!, ports, cpus));
  const env = { SLURM_CONF: conf };
  const daemons = new Map<string, ChildProcess>();

  /** In a session of its own, as a service is: what it has started outlives it. */
  const begin = (name: string, program: string, args: readonly string[]): void => {
    const log = openSync(join(dir, `${name}.out`), 'a');
    const path = `${process.env.PATH}:/usr/sbin:/sbin`;
    const child = spawn(program, args, {
      env: { PATH: path, HOME: '/root', ...env },
      detached: true,
      stdio: ['ignore', log, log],
    });
    child.on('error', () => {}); // missed below
    child.unref();
    daemons.set(name, child);
  };
  const end = async (name: string, signal: NodeJS.Signals): Promise<void> => {
    const child = daemons.get(name);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  };
  const start = async (daemon: SlurmDaemon): Promise<void> => {
    if (daemon === 'slurmctld') begin(daemon, daemon, ['-D']);
    else for (const name of names) begin(name, daemon, ['-D', '-N', name]);
  };
  const kill = async (daemon: SlurmDaemon): Promise<void> => {
    for (const name of daemon === 'slurmd' ? names : [daemon]) {
      await end(name, 'SIGKILL');
      rmSync(join(dir, `${name}.pid`), { force: true });
    }
  };
  const ask = (program: string, ...args: string[]): string =>
    execFileSync(program, args, { env: { ...process.env, ...env }, encoding: 'utf8', stdio: 'pipe' });

  // its standard input is held open by this process: it ends all of them when that ends, however it ends
  const guard = spawn('/bin/sh', ['-c', GUARD, dir], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  begin('munged', 'munged', [
    '--foreground',
    '--num-threads=2',
    ...['key', 'seed'].map((file) => `--${file}-file=${dir}/munge/${file}`),
    `--socket=${dir}/munge/socket`,
    `--pid-file=${dir}/munged.pid`,
    `--log-file=${dir}/munge/log`,
  ]);
  const untilMs = Date.now() + START_MS;
  while (!existsSync(join(dir, 'munge/socket')) && Date.now() < untilMs) await sleep(50);
  await start('slurmctld');
  await start('slurmd');
  const isReady = (): boolean => {
    try {
      return ask('sinfo', '--noheader', '--format=%t %D').trim() === `idle ${nodes}`;
    } catch {
      return false; // the controller is not there yet
    }
  };
  while (!isReady()) {
    if (Date.now() > untilMs)
      throw new Error(`Slurm did not start:\n${readFileSync(join(dir, 'slurmctld.out'), 'utf8')}`);
    await sleep(100);
  }
  const queue = () => ask('squeue', '--noheader', '--format=%i %T %j %k').split('\n').filter(Boolean);
  return {
    env,
    dir,
    kill,
    start,
    queue,
    async untilEmpty() {
      while (queue().length > 0) await sleep(50);
    },
    async stop() {
      for (const name of [...names, 'slurmctld', 'munged']) await end(name, 'SIGTERM');
      const ended = new Promise((resolve) => guard.once('exit', resolve));
      guard.stdin!.end();
      await ended;
    },
  };
}

const configuration = (dir: string, controlPort: number, ports: readonly number[], cpus: number): string => `
ClusterName=test
SlurmctldHost=${hostname()}(127.0.0.1)
SlurmctldPort=${controlPort}
AuthType=auth/munge
AuthInfo=socket=${dir}/munge/socket
SlurmUser=root
SlurmdUser=root
StateSaveLocation=${dir}/state
SlurmdSpoolDir=${dir}/%n
SlurmctldPidFile=${dir}/slurmctld.pid
SlurmdPidFile=${dir}/%n.pid
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
SchedulerParameters=batch_sched_delay=0,sched_interval=1,sched_min_interval=0,bf_interval=1
ReturnToService=2
SwitchType=switch/none
MpiDefault=none
MessageTimeout=5
KillWait=2
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
${ports.map((port, i) => `NodeName=n${i + 1} NodeHostname=${hostname()} NodeAddr=127.0.0.1 Port=${port} CPUs=${cpus} RealMemory=1000000`).join('\n')}
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
PartitionName=short Nodes=ALL MaxTime=1 State=UP
`;

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports: number[] = [];
  for (const server of servers) {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    ports.push((server.address() as { port: number }).port);
  }
  for (const server of servers) await new Promise((resolve) => server.close(resolve));
  return ports;
}
