import { didYouMean } from '@semblance/core';
import { SemblanceError } from '../error.ts';
import { custom } from './custom.ts';
import { evaluateDetection, evaluateIdentification, evaluateVerification } from './evaluate.ts';
import { galleryBuild, recognize } from './gallery.ts';
import type { TaskKind } from './kind.ts';
import { trainDetection, trainRecognition } from './training.ts';

/** Every kind of task: adding one is adding a file and a line. */
export const taskKinds: readonly TaskKind[] = [
  trainDetection,
  trainRecognition,
  galleryBuild,
  recognize,
  evaluateDetection,
  evaluateVerification,
  evaluateIdentification,
  custom,
];

/** @throws TASK_UNKNOWN */
export function taskKind(name: string): TaskKind {
  const kind = taskKinds.find((candidate) => candidate.name === name);
  if (kind) return kind;
  const names = taskKinds.map((candidate) => candidate.name);
  const message = `there is no task '${name}'; there are ${names.join(', ')}${didYouMean(name, names)}`;
  throw new SemblanceError('TASK_UNKNOWN', message);
}

export type { OptionKind, TaskKind } from './kind.ts';
