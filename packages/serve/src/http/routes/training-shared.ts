import type { JobService } from '@semblance/jobs';
import { z } from 'zod';
import { type ErrorCode, SemblanceError } from '../../error.ts';
import { ofVersions } from '../openapi/error-codes.ts';
import type { RouteConfig, Service } from '../service.ts';
import type { Reach } from '../training/reach.ts';
import { givenCount, givenFlag, givenNumber, givenText } from './schemas.ts';

/** Parts that the routes of training jobs share. */

export const jobsBase = '/v1/:project/training-jobs';
export const versionBase = `${jobsBase}/:job/versions/:version`;
export const tags = ['training jobs'];
export const ofProject = z.object({ project: givenText() });
export const ofJob = ofProject.extend({ job: givenText() });
export const ofVersion = ofJob.extend({ version: givenText() });

/** What a route of training jobs says of itself, with the codes that are its own. */
export const ofTraining = (codes: readonly ErrorCode[] = ofVersions) =>
  ({ role: 'admin', errors: 'model-arts', codes }) satisfies Partial<RouteConfig>;

/** The jobs that are served. @throws SemblanceError JOBS_UNSUPPORTED */
export function jobsOf({ jobs }: Service): JobService {
  if (jobs !== null) return jobs;
  throw new SemblanceError('JOBS_UNSUPPORTED', 'the service was started without jobs');
}

export const reachOf = (service: Service): Reach => ({ jobs: jobsOf(service), dataDir: service.dataDir });

/** `faces/V0001,faces@production,faces` in a query: versions by their names, or all of a job. */
export const versionList = givenText(1, 20_000).describe(
  'Versions, separated by commas: `faces/V0001`, `faces@production`, or a job for all of its versions.',
);
export const referencesOf = (text: string): string[] => text.split(',').map((name) => name.trim());

/** How a task is to be run: the part of `config` that every route which makes versions takes. */
export const runFields = {
  data_url: givenText().optional(),
  train_url: givenText().optional(),
  log_url: givenText().optional(),
  parameter: z.array(z.object({ label: givenText(), value: givenText() })).optional(),
  inputs: z.record(z.string(), givenText()).optional().describe('Further inputs by name.'),
  predownload: givenFlag.optional().describe('Brings earlier outputs back first.'),
  worker_server_num: givenCount(1, 1024).optional(),
  cpus: givenNumber.nullable().optional().describe('Threads of each worker; null for all.'),
  memory_bytes: givenNumber.nullable().optional().describe('Of all workers; null for no limit.'),
  gpus: givenCount(0, 1024).optional(),
  nice: givenCount(0, 19).optional(),
  retries: givenCount(0, 100).optional(),
  timeout_seconds: givenNumber.nullable().optional().describe('Longest run; null for no limit.'),
  executor: givenText(1, 64).optional(),
  executor_options: z.record(z.string(), givenText(0, 256)).optional(),
};
