import type { components, operations } from '@semblance/client';

/** What the service answers about trainings. */

type AnswerOf<Name extends keyof operations> = operations[Name] extends {
  responses: { 200: { content: { 'application/json': infer Body } } };
}
  ? Body
  : never;

export type Version = AnswerOf<'listTrainingVersions'>['versions'][number];
export type ShownVersion = AnswerOf<'getTrainingVersion'>;
export type Job = AnswerOf<'listTrainingJobs'>['jobs'][number];
export type State = Version['state'];
export type Changes = operations['updateTrainingVersion']['requestBody']['content']['application/json'];
export type JobEvent = components['schemas']['JobEvent'];
export type Curves = Readonly<Record<string, readonly (readonly number[])[]>>;
