import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { nodeCommand } from '@semblance/core';
import { canResume } from '@semblance/train/run-folder';
import type { Io } from '../cli/io.ts';
import { loadTrain } from '../cli/train-module.ts';
import { SemblanceError } from '../error.ts';
import type { DemoFolders, DemoPlan } from './plan.ts';

/** Runs a command of ours as a user would: said first, in a process of its own, its words on our error stream. */
export async function runCommand(io: Io, args: readonly string[]): Promise<void> {
  io.err(`$ semblance ${args.join(' ')}`);
  const [node, ...rest] = nodeCommand(import.meta.url, '../main', ...args);
  const child = spawn(node, rest, { stdio: ['ignore', 2, 2] });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) {
    const message = `semblance ${args.slice(0, 2).join(' ')} ended with ${code}; finished steps are kept`;
    throw new SemblanceError('TRAIN_STOPPED', message);
  }
}

/** Trains what is not trained yet, from its last checkpoint where it was interrupted. */
async function train(
  io: Io,
  task: string,
  data: string,
  out: string,
  settings: readonly string[],
): Promise<void> {
  if (existsSync(join(out, 'manifest.json'))) return;
  const { canLaunchRanks } = await loadTrain();
  // Operators on networks as small as these hardly use a second core: a second process does.
  const nproc = canLaunchRanks() && availableParallelism() > 1 ? '2' : '1';
  const resume = canResume(out) ? ['--resume'] : [];
  await runCommand(io, [
    'train',
    task,
    '--data',
    data,
    '--out',
    out,
    '--nproc',
    nproc,
    ...settings,
    ...resume,
  ]);
}

export async function trainModels(io: Io, { overrides }: DemoPlan, folders: DemoFolders): Promise<void> {
  const settings = (recipe: string) => [
    '--recipe',
    recipe,
    ...overrides.flatMap((value) => ['--set', value]),
  ];
  await train(io, 'detection', folders.scenes, folders.detector, settings('retinaface-synthetic-small'));
  await train(io, 'recognition', folders.learned, folders.recognizer, settings('arcface-synthetic-small'));
}

/** An unchanged photo is not embedded again, so this is quick where nothing is new. */
export async function buildGallery(io: Io, folders: DemoFolders): Promise<void> {
  const models = ['--detector', folders.detector, '--recognizer', folders.recognizer];
  await runCommand(io, ['gallery', 'build', '--data', folders.enrolled, ...models, '--out', folders.gallery]);
}
