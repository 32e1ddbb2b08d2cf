import { nodeCommand } from '@semblance/core';
import { JobParts } from '@semblance/jobs';
import { evaluateDetection, evaluateIdentification, evaluateVerification } from './evaluate.ts';
import { galleryBuild, recognize } from './gallery.ts';
import { trainDetection, trainRecognition } from './training.ts';

/** Commands that can be tasks of jobs: adding one is adding a line. */
export const commandKinds = [
  trainDetection,
  trainRecognition,
  galleryBuild,
  recognize,
  evaluateDetection,
  evaluateVerification,
  evaluateIdentification,
];

/**
 * What jobs are told of semblance: for `new JobService({ parts: jobParts })`.
 *
 * @example
 * ```ts
 * import { JobService } from '@semblance/jobs';
 * import { jobParts } from 'semblance';
 *
 * await using jobs = new JobService({ home: 'jobs', parts: jobParts });
 * console.log(jobs.parts.kind('train-recognition').trains); // recognition
 * ```
 */
export const jobParts = new JobParts({
  module: import.meta.url,
  program: nodeCommand(import.meta.url, '../../main'),
  kinds: commandKinds,
});
