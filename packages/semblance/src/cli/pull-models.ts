import type { PullOptions, PullResult } from '@semblance/face/catalogue';
import type { Io } from './io.ts';
import { createProgress, megabytes } from './progress.ts';
import { renderedScenes } from './rendered-scenes.ts';

/** Faces enough to tell a wrong dialect from a right one: nine, in three scenes. */
const NUM_SCENES = 3;

/** Pulls a model and shows how far it is. @throws SemblanceError those of `pullModel` */
export async function pullShown(
  name: string,
  options: Pick<PullOptions, 'acceptLicense' | 'from' | 'force'>,
  io: Io,
): Promise<PullResult> {
  const { pullModel } = await import('@semblance/face/catalogue');
  const progress = createProgress(io, name, { amount: megabytes });
  return pullModel(name, {
    ...{ ...options, env: io.env, images: () => renderedScenes(NUM_SCENES) },
    onProgress: (doneBytes, totalBytes) => progress.update(doneBytes, totalBytes ?? 0),
  }).finally(() => progress.end());
}
