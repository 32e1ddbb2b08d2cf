import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { eachLine } from './lines.ts';

/** How long the output of an ended rank is waited for: a child of its own may hold the pipes open. */
const DRAIN_MS = 2000;

export interface RankCommand {
  rank: number;
  file: string;
  args: string[];
  env: Record<string, string | undefined>;
  /** Put before each line of output. */
  prefix: string;
  logFile: string | null;
}

export interface RankExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A rank as a process that leads a process group, so that whatever it starts ends with it. */
export class RankProcess {
  readonly rank: number;
  readonly pid: number | undefined;
  /** Set when the process has ended and its output was passed on. */
  readonly done: Promise<void>;
  exit: RankExit | null = null;
  /** We asked it to end: how it then ends is no failure of its own. */
  wasStopped = false;
  /** It said that it ends because another rank did. */
  hasLostPeer = false;
  /** The last line of its errors that looks like one. */
  lastError: string | null = null;
  private readonly child: ChildProcess;

  constructor(command: RankCommand, onExit: (rank: RankProcess) => void) {
    this.rank = command.rank;
    this.child = spawn(command.file, command.args, {
      env: command.env as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.pid = this.child.pid;
    const forward = (to: NodeJS.WriteStream, watch: (line: string) => void) => (line: string) => {
      watch(line);
      to.write(command.prefix + line);
      if (command.logFile) appendFileSync(command.logFile, line);
    };
    eachLine(
      this.child.stdout!,
      forward(process.stdout, () => {}),
    );
    eachLine(
      this.child.stderr!,
      forward(process.stderr, (line) => this.watchErrors(line)),
    );
    this.done = new Promise((resolve) => {
      const ended = (exit: RankExit) => {
        if (this.exit) return;
        this.exit = exit;
        this.kill('SIGKILL');
        setTimeout(resolve, DRAIN_MS).unref();
        onExit(this);
      };
      this.child.on('exit', (code, signal) => ended({ code, signal }));
      this.child.on('close', () => resolve());
      this.child.on('error', (error) => {
        this.lastError = error.message;
        ended({ code: 127, signal: null });
        resolve();
      });
    });
  }

  get hasFailed(): boolean {
    return this.exit !== null && !this.wasStopped && this.exit.code !== 0;
  }

  /** Asks it to end, and kills it and all it has started when it has not after `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    if (!this.exit) {
      this.wasStopped = true;
      this.kill('SIGTERM');
      const timer = setTimeout(() => this.kill('SIGKILL'), graceMs);
      await this.done;
      clearTimeout(timer);
    }
    await this.done;
  }

  /** Signals its whole process group, if there is anything left of it. */
  kill(signal: NodeJS.Signals): void {
    if (this.pid === undefined) return;
    try {
      process.kill(-this.pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }

  /** "rank 1 (pid 4242) was killed by SIGKILL" */
  describe(): string {
    const who = `rank ${this.rank}${this.pid === undefined ? '' : ` (pid ${this.pid})`}`;
    if (this.exit?.signal) return `${who} was killed by ${this.exit.signal}`;
    return `${who} ended with exit code ${this.exit?.code}${this.lastError ? `: ${this.lastError}` : ''}`;
  }

  private watchErrors(line: string): void {
    if (line.includes('DIST_PEER_LOST')) this.hasLostPeer = true;
    if (/^(\w*Error|Error)\b.*: /.test(line)) this.lastError = line.trim();
  }
}
