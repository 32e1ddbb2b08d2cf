import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { processesMarked } from '../../process-table.ts';
import type { ObjectStore, Stored } from './object-store.ts';

/** Found in the environment of everything that a pod's container runs. */
const POD = 'TEST_POD_UID';

interface Running {
  child: ChildProcess;
  log: LogBook;
  isOom: boolean;
}

/** What a container printed: each line with its time, as a container runtime keeps it. */
export class LogBook extends EventEmitter {
  readonly lines: string[] = [];
  isEnded = false;

  add(line: string): void {
    // the time of lines that come together is the same now and then
    this.lines.push(
      `${new Date()
        .toISOString()
        .replace('Z', '000000Z')
        .replace(/\.?0+Z$/, 'Z')} ${line}`,
    );
    this.emit('more');
  }
  end(): void {
    this.isEnded = true;
    this.emit('more');
  }
}

/** For tests: scheduler and kubelet of a cluster of one node without GPUs, which runs pods as processes of this machine. */
export class Kubelet {
  readonly logs = new Map<string, LogBook>();
  /** Images that can be pulled. */
  readonly images = new Set(['toy:1', 'none']);
  /** How many pods of this node may run; further ones wait. */
  capacity = 100;
  private readonly running = new Map<string, Running>();
  private readonly store: ObjectStore;
  private readonly timer: NodeJS.Timeout;

  constructor(store: ObjectStore) {
    this.store = store;
    this.timer = setInterval(() => this.sync(), 20);
  }

  close(): void {
    clearInterval(this.timer);
    for (const uid of this.running.keys()) killAll(uid);
  }

  /** Kills a pod's container as the kernel does when it uses too much memory. */
  runOutOfMemory(name: string): void {
    const { uid } = this.store.get('Pod', name)!.metadata;
    this.running.get(uid)!.isOom = true;
    killAll(uid);
  }

  private sync(): void {
    for (const pod of this.store.list('Pod')) {
      const { phase } = pod.status;
      if (phase === 'Pending') this.admit(pod);
      else if (pod.metadata.deletionTimestamp) this.terminate(pod);
    }
  }

  private admit(pod: Stored): void {
    const { name, uid, deletionTimestamp } = pod.metadata;
    if (deletionTimestamp) {
      this.store.remove('Pod', name);
      return;
    }
    const [container] = pod.spec.containers;
    const gpus = Number(container.resources?.limits?.['nvidia.com/gpu'] ?? 0);
    if (gpus > 0 || pod.spec.nodeSelector || this.running.size >= this.capacity) {
      const lack =
        gpus > 0
          ? 'Insufficient nvidia.com/gpu'
          : pod.spec.nodeSelector
            ? "node(s) didn't match Pod's node affinity/selector"
            : 'Too many pods';
      const message = `0/1 nodes are available: 1 ${lack}.`;
      this.wait(pod, 'FailedScheduling', message, (status) => {
        status.conditions = [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }];
      });
      return;
    }
    const waits = (reason: string, message: string): void =>
      this.wait(pod, 'Failed', message, (status) => {
        status.conditions = [{ type: 'PodScheduled', status: 'True' }];
        status.containerStatuses = [{ name: container.name, state: { waiting: { reason, message } } }];
      });
    if (!this.images.has(container.image)) {
      waits('ImagePullBackOff', `Back-off pulling image "${container.image}"`);
      return;
    }
    const secrets = (container.envFrom ?? []).map(
      ({ secretRef }: { secretRef: { name: string } }) => secretRef.name,
    );
    const missing = secrets.find((secret: string) => !this.store.get('Secret', secret));
    if (missing) {
      waits('CreateContainerConfigError', `secret "${missing}" not found`);
      return;
    }
    if (!this.running.has(uid)) this.run(pod, secrets);
  }

  /** Says once what a pod waits for, in its status and as an event. */
  private wait(
    pod: Stored,
    reason: string,
    message: string,
    change: (status: Stored['status']) => void,
  ): void {
    const before = JSON.stringify(pod.status);
    const status = structuredClone(pod.status);
    change(status);
    if (JSON.stringify(status) === before) return;
    this.store.update('Pod', pod.metadata.name, (object) => void (object.status = status));
    this.store.create({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: {
        name: `${pod.metadata.name}.${Date.now()}${Math.random()}`,
        namespace: pod.metadata.namespace,
      },
      involvedObject: { kind: 'Pod', name: pod.metadata.name, uid: pod.metadata.uid },
      type: 'Warning',
      reason,
      message,
      lastTimestamp: new Date().toISOString(),
    });
  }

  private run(pod: Stored, secrets: readonly string[]): void {
    const { name, uid } = pod.metadata;
    const [container] = pod.spec.containers;
    const env: Record<string, string> = { PATH: process.env.PATH!, HOSTNAME: pod.spec.hostname ?? name };
    for (const secret of secrets) {
      for (const [key, value] of Object.entries(
        this.store.get('Secret', secret)!.data as Record<string, string>,
      ))
        env[key] = Buffer.from(value, 'base64').toString();
    }
    for (const { name: key, value = '' } of container.env ?? []) env[key] = expanded(value, env);
    const words = [...(container.command ?? []), ...(container.args ?? [])].map((word) =>
      expanded(word, env),
    );
    const log = new LogBook();
    this.logs.set(name, log);
    const child = spawn(words[0]!, words.slice(1), {
      env: { ...env, [POD]: uid },
      cwd: container.workingDir ?? '/',
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const running = { child, log, isOom: false };
    this.running.set(uid, running);
    for (const stream of [child.stdout, child.stderr]) {
      let begun = '';
      stream.setEncoding('utf8').on('data', (text: string) => {
        const lines = (begun + text).split('\n');
        begun = lines.pop()!;
        for (const line of lines) log.add(line);
      });
      stream.once('end', () => {
        if (begun !== '') log.add(begun);
      });
    }
    const startedAt = new Date().toISOString();
    this.store.update('Pod', name, ({ status }) => {
      status.phase = 'Running';
      status.conditions = [{ type: 'PodScheduled', status: 'True' }];
      status.containerStatuses = [{ name: container.name, state: { running: { startedAt } } }];
    });
    child.once('exit', (code, signal) => {
      // what process 1 leaves behind goes with it, also what is just becoming another program and cannot be told yet
      killAll(uid);
      const again = setInterval(() => killAll(uid), 50);
      child.once('close', () => {
        clearInterval(again);
        this.ended(pod, running, exitCode(code, signal), startedAt);
      });
    });
  }

  private ended(pod: Stored, { log, isOom }: Running, code: number, startedAt: string): void {
    const { name, uid } = pod.metadata;
    this.running.delete(uid);
    log.end();
    const now = this.store.update('Pod', name, ({ status, spec }) => {
      status.phase = code === 0 ? 'Succeeded' : 'Failed';
      const reason = isOom ? 'OOMKilled' : code === 0 ? 'Completed' : 'Error';
      const terminated = { exitCode: code, reason, startedAt, finishedAt: new Date().toISOString() };
      status.containerStatuses = [{ name: spec.containers[0].name, state: { terminated } }];
    });
    if (now?.metadata.deletionTimestamp) this.forget(name);
  }

  private terminate({ metadata: { name, uid, deletionTimestamp } }: Stored): void {
    const running = this.running.get(uid);
    if (!running) {
      this.forget(name);
      return;
    }
    if (!this.told.has(uid)) {
      this.told.add(uid);
      running.child.kill('SIGTERM'); // process 1 alone
    }
    if (Date.now() >= new Date(deletionTimestamp!).getTime()) killAll(uid);
  }
  private readonly told = new Set<string>();

  private forget(name: string): void {
    this.store.remove('Pod', name);
    this.logs.delete(name);
  }
}

const SIGNALS: Record<string, number> = { SIGKILL: 9, SIGTERM: 15, SIGINT: 2, SIGSEGV: 11, SIGABRT: 6 };
const exitCode = (code: number | null, signal: string | null): number =>
  code ?? 128 + (SIGNALS[signal!] ?? 0);

function killAll(uid: string): void {
  for (let round = 0; round < 20; round++) {
    const left = processesMarked((value) => value === uid, POD);
    if (left.length === 0) return;
    for (const { pid } of left) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // it ended by itself
      }
    }
  }
}

/** `$(NAME)` and `$$` in commands and values, as Kubernetes replaces them. */
export const expanded = (text: string, env: Readonly<Record<string, string>>): string =>
  text.replace(/\$(?:\$|\(([A-Za-z_][\w.-]*)\))/g, (whole, name: string | undefined) =>
    name === undefined ? '$' : (env[name] ?? whole),
  );
