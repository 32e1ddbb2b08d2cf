/**
 * The files of a training's folder.
 *
 * @module
 */

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where a run keeps its checkpoints, told without loading libtorch: for programs that only start runs. */
export const checkpointsOf = (runDir: string): string => join(runDir, 'checkpoints');

const fileName = /^step-(\d+)\.safetensors$/;

export const checkpointName = (step: number): string => `step-${String(step).padStart(8, '0')}.safetensors`;

/** Steps after which a run has checkpoints, ascending. */
export function checkpointSteps(runDir: string): number[] {
  const dir = checkpointsOf(runDir);
  if (!existsSync(dir)) return [];
  const steps = readdirSync(dir).flatMap((name) => fileName.exec(name)?.[1] ?? []);
  return steps.map(Number).sort((a, b) => a - b);
}

/** Whether a run can go on with `resume`. */
export const canResume = (runDir: string): boolean => checkpointSteps(runDir).length > 0;
