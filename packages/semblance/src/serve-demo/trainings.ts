import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  fullName,
  gridCandidates,
  isEnded,
  type JobService,
  type TaskRequest,
  type Version,
  versionPlace,
} from '@semblance/jobs';
import type { Io } from '../cli/io.ts';
import { createProgress } from '../cli/progress.ts';
import { SemblanceError } from '../error.ts';
import type { ServedDemoFolders, ServedDemoPlan } from './plan.ts';

const LOOK_MS = 500;

const words = (parameters: Readonly<Record<string, string>>): string[] =>
  Object.entries(parameters).flatMap(([key, value]) => ['--set', `${key}=${value}`]);

/** Operators on networks as small as these hardly use a second core: a second process does. */
const processes = (): string[] => ['--nproc', availableParallelism() > 1 ? '2' : '1'];

/**
 * Queues the trainings that are not there yet, in the order in which they are waited for: a detector, two recognizers,
 * and a sweep of small ones.
 */
export async function queueTrainings(
  jobs: JobService,
  taskOf: (words: string[]) => TaskRequest,
  { trainings }: ServedDemoPlan,
  folders: ServedDemoFolders,
): Promise<void> {
  const has = async (job: string, count = 1): Promise<boolean> => (await jobs.list({ job })).length >= count;
  const recognition = (parameters: Readonly<Record<string, string>>) =>
    taskOf([
      ...['train', 'recognition', '--data', folders.learned, '--recipe', 'arcface-synthetic-small'],
      ...[...processes(), ...words(parameters)],
    ]);
  if (!(await has('detector'))) {
    const task = taskOf([
      ...['train', 'detection', '--data', folders.scenes, '--recipe', 'retinaface-synthetic-small'],
      ...[...processes(), ...words(trainings.detector)],
    ]);
    await jobs.create('detector', task, { description: 'finds faces and their landmarks' });
  }
  if (!(await has('faces'))) {
    const description = 'ArcFace as the recipe has it';
    const version = await jobs.create('faces', recognition(trainings.recognizer), { description });
    const note = 'What the service starts with: the baseline of all that follows.';
    await jobs.mark(version, { isPinned: true, addTags: ['baseline'], note });
  }
  if (!(await has('faces', 2))) {
    const description = 'CosFace: the margin is taken from the cosine';
    const first = await jobs.find('faces/V0001');
    await jobs.modify(first, { options: { loss: 'cosface' }, description });
  }
  if (!(await has('margins'))) {
    const candidates = gridCandidates({ 'lossOptions.margin': '0.1,0.2,0.4', lr: '0.002,0.006' });
    await jobs.sweep('margins', recognition(trainings.trial), { candidates, halving: null });
  }
}

/** Waits until a training has completed; gives the folder of its model. */
export async function trained(jobs: JobService, name: string, io: Io, signal?: AbortSignal): Promise<string> {
  await completed(jobs, name, io, signal);
  return (await versionPlace(jobs, name))!.path;
}

/**
 * Waits until a version has completed, and says how far it is; one that was interrupted is resumed.
 *
 * @throws SemblanceError JOB_FAILED with the likeliest cause
 */
export async function completed(jobs: JobService, name: string, io: Io, signal?: AbortSignal): Promise<void> {
  const progress = createProgress(io, `running ${name}`);
  let isResumed = false;
  try {
    for (;;) {
      const version = await jobs.find(name);
      if (version.state === 'completed') return;
      if (isEnded(version.state)) {
        if (isResumed) throw await failure(jobs, version);
        isResumed = true;
        await jobs.resume(version);
      } else await jobs.wakeIfActive();
      const far = await jobs.insight.progress(version);
      if (far) progress.update(far.step, far.totalSteps);
      await sleep(LOOK_MS, undefined, signal ? { signal } : {});
    }
  } finally {
    progress.end();
  }
}

async function failure(jobs: JobService, version: Version): Promise<SemblanceError> {
  const hint = await jobs.hint(version);
  const advice = hint ? `: ${hint.cause} ${hint.fix}` : '';
  return new SemblanceError(
    'JOB_FAILED',
    `${fullName(version)} ${version.state}: ${version.reason}${advice}. Its log: semblance jobs logs ${fullName(version)} --jobs ${jobs.home}`,
  );
}
