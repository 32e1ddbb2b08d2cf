/**
 * Speed of the engine beside Python's PyTorch on the same libtorch: small operators, and training steps of
 * IResNet-50 and MobileFaceNet with ArcFace on 10,000 classes, batch 32.
 *
 *   node bench/torch.ts [dispatch] [r50] [mbf] [--device cuda]
 *
 * All sides begin with the same weights and train on the same batch with the same threads, kernels and waiting;
 * after five steps their losses are held against each other. Steps are then run in turn, so that a busy machine slows
 * all alike; what is compared is each one's median step.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median } from '@semblance/core/statistics';
import { engineInfo, manualSeed, ops, randn } from '@semblance/torch';
import { saveSafetensors } from '@semblance/torch/safetensors';
import { createBackbone, createHead } from '@semblance/train';
import { findPython } from './python.ts';

const { values: options, positionals: asked } = parseArgs({
  options: { device: { type: 'string', default: 'cpu' } },
  allowPositionals: true,
});
const onCpu = options.device === 'cpu';
const file = (name: string) => fileURLToPath(new URL(`./torch/${name}`, import.meta.url));
const batchSize = onCpu ? 32 : 128;
const numClasses = 10_000;
/** Rounding differs by the layout of memory, and training multiplies the difference. */
const lossTolerance = onCpu ? 2e-3 : 2e-2;
const rounds = { r50: 4, mbf: 12 } as const;
const targets = { r50: { channels_last: 1.2, nchw: 1.4 }, mbf: { channels_last: 1.5, nchw: 1.5 } } as const;
type Network = keyof typeof rounds;

interface Steps {
  ms: number[];
  losses: number[];
}

/** A process that trains when told to. */
class Trainer {
  readonly title: string;
  readonly ms: number[] = [];
  private readonly child: ChildProcess;
  private readonly lines: AsyncIterator<string>;

  constructor(title: string, command: string, args: string[]) {
    this.title = title;
    this.child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.lines = createInterface({ input: this.child.stdout! })[Symbol.asyncIterator]();
  }

  private async read<T>(): Promise<T> {
    const { value, done } = await this.lines.next();
    if (done) throw new Error(`${this.title} ended early`);
    return JSON.parse(value) as T;
  }

  async start(): Promise<void> {
    const { version, threads } = await this.read<{ version: string; threads: number }>();
    console.log(`  ${this.title}: libtorch ${version}, ${threads} threads`);
  }

  async run(numSteps: number): Promise<Steps> {
    this.child.stdin!.write(`${numSteps}\n`);
    const steps = await this.read<Steps>();
    this.ms.push(...steps.ms);
    return steps;
  }

  stop(): void {
    this.child.stdin!.end();
  }
}

/** Weights, images and labels that every side begins with. */
function writeStart(network: Network, path: string): void {
  manualSeed(7);
  const backbone = createBackbone(network);
  const head = createHead('arcface', { embeddingSize: 512, numClasses });
  const state = new Map([
    ...[...backbone.stateDict()].map(([name, tensor]) => [`backbone.${name}`, tensor] as const),
    ...[...head.stateDict()].map(([name, tensor]) => [`head.${name}`, tensor] as const),
    ['images', randn([batchSize, 3, 112, 112]).clamp(-1, 1)] as const,
    ['labels', ops.randint(numClasses, [batchSize], { dtype: 'int64' })] as const,
  ]);
  saveSafetensors(path, state);
  for (const tensor of state.values()) tensor.dispose();
}

async function compareTraining(network: Network, dir: string): Promise<void> {
  console.log(`${network} + ArcFace, ${numClasses} classes, batch ${batchSize}, 112 × 112`);
  const start = join(dir, `${network}.safetensors`);
  writeStart(network, start);
  const pythonOf = (layout: string) =>
    new Trainer(`Python ${layout}`, python.command, [
      file('train.py'),
      network,
      layout,
      start,
      options.device,
    ]);
  const ours = new Trainer('ours', process.execPath, [file('train-step.ts'), network, start, options.device]);
  const others = { nchw: pythonOf('nchw'), channels_last: pythonOf('channels_last') };
  const all = [ours, others.nchw, others.channels_last];
  try {
    const ends: number[] = [];
    for (const trainer of all) {
      await trainer.start();
      // These steps warm up as well.
      const { losses } = await trainer.run(5);
      ends.push((await trainer.run(1)).losses[0]!);
      console.log(`  ${trainer.title}: losses ${losses.map((x) => x.toFixed(4)).join(' ')}`);
      trainer.ms.length = 0;
    }
    for (const end of ends)
      if (!(Math.abs(end - ends[1]!) <= lossTolerance * Math.max(1, ends[1]!)))
        throw new Error(`losses after 5 steps differ by more than ${lossTolerance}: ${ends.join(', ')}`);
    console.log(
      `  losses after 5 steps: ${ends.map((x) => x.toFixed(4)).join(' ')}, within ${lossTolerance}`,
    );
    const stepsInTurn = onCpu ? 1 : 20;
    for (let round = 0; round < rounds[network]; round++)
      for (const trainer of all) await trainer.run(stepsInTurn);
    const own = median(ours.ms);
    console.log(
      `  ours                 ${own.toFixed(1)} ms a step, ${((1000 * batchSize) / own).toFixed(1)} img/s`,
    );
    for (const [layout, trainer] of Object.entries(others)) {
      const ms = median(trainer.ms);
      const target = targets[network][layout as keyof typeof others];
      console.log(
        `  ${trainer.title.padEnd(20)} ${ms.toFixed(1)} ms a step, ${((1000 * batchSize) / ms).toFixed(1)} img/s; ` +
          `ours ${(ms / own).toFixed(2)}× as fast${onCpu ? ` (wanted: ${target})` : ''}`,
      );
    }
  } finally {
    for (const trainer of all) trainer.stop();
  }
}

type Nanoseconds = Record<string, number>;

/** What a call costs on top of what it costs in C++. */
function compareDispatch(dir: string): void {
  const run = (command: string, args: string[]) =>
    JSON.parse(execFileSync(command, args, { encoding: 'utf8' })) as Nanoseconds;
  const program = join(dir, 'dispatch');
  execFileSync(process.env.CXX ?? 'g++', [
    ...['-std=c++17', '-O2', file('dispatch.cc'), '-o', program],
    ...['-lc10', '-ltorch_cpu'],
  ]);
  const cpp = run(program, []);
  const py = run(python.command, [file('dispatch.py')]);
  const ours = run(process.execPath, [file('dispatch.ts')]);
  console.log('one small operator, µs (wanted: at most 1.5 over C++)');
  for (const [name, ns] of Object.entries(ours)) {
    const us = (value: number) => (value / 1000).toFixed(2);
    console.log(
      `  ${name.padEnd(6)} C++ ${us(cpp[name]!)}   Python ${us(py[name]!)}   ours ${us(ns)}, ` +
        `${us(ns - cpp[name]!)} over C++`,
    );
  }
}

const isAsked = (name: string) => asked.length === 0 || asked.includes(name);
const python = findPython();
// Loading the engine has set these for this process; the others take them from here.
process.env.OMP_NUM_THREADS ??= String(engineInfo().threads);
console.log(
  `Python's torch ${python.version}; OMP_NUM_THREADS=${process.env.OMP_NUM_THREADS} OMP_WAIT_POLICY=${process.env.OMP_WAIT_POLICY} ` +
    `OPENBLAS_CORETYPE=${process.env.OPENBLAS_CORETYPE}`,
);
const dir = mkdtempSync(join(tmpdir(), 'bench-torch-'));
try {
  if (isAsked('dispatch')) compareDispatch(dir);
  for (const network of ['r50', 'mbf'] as const) if (isAsked(network)) await compareTraining(network, dir);
} finally {
  rmSync(dir, { recursive: true, force: true });
}
