import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exists, putInPlace } from '@semblance/core/files';
import { fullName, type JobService, type TaskRequest } from '@semblance/jobs';
import type { ServedModels } from '@semblance/serve';
import type { Io } from '../cli/io.ts';
import { loadTrain } from '../cli/train-module.ts';
import { runCommand } from '../demo/steps.ts';
import { asSemblanceError } from '../error.ts';
import { claimFolder } from './folder.ts';
import { renderPhotos } from './photos.ts';
import { type DemoSize, demoSizes, type ServedDemoFolders, servedDemoFolders } from './plan.ts';
import { completed, queueTrainings, trained } from './trainings.ts';

/** A demo that can be served. */
export interface ServedDemo {
  models: ServedModels;
  jobs: JobService;
  /**
   * Shows a service that has just started the photos of its guests, waits for the trainings that are left, and evaluates
   * what they made. Whatever goes wrong is said: the service goes on.
   */
  finish(service: StartedService, tell: (line: string) => void, signal: AbortSignal): Promise<void>;
}

/** What the demo has of the commands, which are above it. */
export interface DemoJobs {
  /** Opens the jobs of a folder. */
  open(home: string): Promise<JobService>;
  /** The task that is a command of ours. */
  taskOf(words: string[]): TaskRequest;
}

/** As much of a running service as the demo needs. */
export interface StartedService {
  url: string;
  /** Its admin key, at its first start. */
  firstKey: string | null;
}

/**
 * Fills a folder with what a service needs to show every page: rendered people, trainings as versions, models and a
 * gallery. What is there is kept, so that an interrupted call resumes and a later one takes a moment.
 *
 * @throws SemblanceError PATH_EXISTS for a folder that is somebody else's; TRAIN_UNAVAILABLE, JOB_FAILED
 */
export async function fillDemo(
  state: string,
  wanted: DemoSize,
  { open, taskOf }: DemoJobs,
  io: Io,
): Promise<ServedDemo> {
  await loadTrain();
  const { size, lock } = await claimFolder(state, wanted);
  using _lock = lock;
  const plan = demoSizes[size];
  const folders = servedDemoFolders(state);
  await renderPhotos(plan, folders, io);
  const jobs = await open(folders.jobs);
  try {
    await queueTrainings(jobs, taskOf, plan, folders);
    await keep(await trained(jobs, 'detector/V0001', io), folders.detector);
    await keep(await trained(jobs, 'faces/V0001', io), folders.recognizer);
    const { detector, recognizer, gallery } = folders;
    const models = ['--detector', detector, '--recognizer', recognizer];
    if (!(await exists(gallery)))
      await runCommand(io, ['gallery', 'build', '--data', folders.people, ...models, '--out', gallery]);
    return {
      models: { detector, recognizer, gallery },
      jobs,
      async finish(service, tell, signal) {
        try {
          tell(`photos to drop on the page: ${folders.photos}`);
          if (service.firstKey !== null) await showPhotos(folders.photos, service, signal);
          await evaluateTrainings(jobs, taskOf, folders, io, signal);
          tell('the demo is complete');
        } catch (error) {
          if (!signal.aborted) tell(`the demo is not complete: ${asSemblanceError(error).message}`);
        }
      },
    };
  } catch (error) {
    await jobs.close();
    throw error;
  }
}

/** Asks who is in the photos of parties: those who are not known wait on the page Review. */
async function showPhotos(
  folder: string,
  { url, firstKey }: StartedService,
  signal: AbortSignal,
): Promise<void> {
  for (const name of (await readdir(folder)).sort()) {
    const body = new FormData();
    body.set('file', new Blob([await readFile(join(folder, name))]), name);
    const headers = { 'x-api-key': firstKey! };
    const answer = await fetch(`${url}/api/v1/recognition/recognize`, {
      method: 'POST',
      headers,
      body,
      signal,
    });
    await answer.arrayBuffer(); // a photo without a face is refused, and nothing is lost by that
  }
}

/** A version may be deleted on the page, and its model serves on. */
async function keep(model: string, to: string): Promise<void> {
  if (await exists(to)) return;
  await cp(model, `${to}.new`, { recursive: true, force: true });
  await putInPlace(`${to}.new`, to);
}

/** Two recognizers and a sweep are trained while the service answers; each recognizer is evaluated on people of neither. */
async function evaluateTrainings(
  jobs: JobService,
  taskOf: DemoJobs['taskOf'],
  { unseen, pairs, detector }: ServedDemoFolders,
  io: Io,
  signal: AbortSignal,
): Promise<void> {
  for (const name of ['faces/V0001', 'faces/V0002']) {
    await completed(jobs, name, io, signal);
    const models = ['--detector', detector, '--recognizer', name];
    const evaluations = {
      [`${name} on pairs of people that no training saw`]: [
        ...['evaluate', 'verification', '--pairs', pairs, '--data', unseen, '--fars', '0.1,0.01', ...models],
      ],
      [`${name}: people that no training saw, searched by one photo each`]: [
        ...['evaluate', 'identification', '--data', unseen, '--enrol', '1', ...models],
      ],
    };
    const done = (await jobs.list({ job: 'evaluation' })).map((version) => version.description);
    for (const [description, words] of Object.entries(evaluations))
      if (!done.includes(description)) await jobs.create('evaluation', taskOf(words), { description });
  }
  for (const job of ['margins', 'evaluation'])
    for (const version of await jobs.list({ job })) await completed(jobs, fullName(version), io, signal);
}
