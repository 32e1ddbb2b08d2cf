/**
 * Codes of this package's errors.
 *
 * @module
 */

import { defineErrors, failure, usage } from '@semblance/core/error';

/** What goes wrong with jobs, versions and object storage. */
export const jobsErrors = defineErrors({
  STORAGE_URL_INVALID: usage('The location is neither a path nor a file://, s3:// or obs:// URL.'),
  STORAGE_NOT_FOUND: usage('There is no bucket with that name.'),
  STORAGE_DENIED: failure('The object store refuses the credentials, or none were found.'),
  STORAGE_UNREACHABLE: failure('The object store does not answer, or answers with an error.'),
  STORAGE_INCOMPLETE: failure('The upload to this location was never finished.'),
  STORAGE_CORRUPT: failure('A file or object does not match its checksum.'),
  JOB_NOT_FOUND: usage('There is no job with that name.'),
  VERSION_NOT_FOUND: usage('The job has no such version.'),
  VERSION_EXISTS: usage('There is already a version here.'),
  VERSION_WRONG_STATE: usage('The version is in a state that does not allow this.'),
  TASK_UNKNOWN: usage('There is no kind of task with that name.'),
  SWEEP_NOT_FOUND: usage('There is no sweep with that number, or the job has none.'),
  METRIC_NOT_FOUND: usage('The versions report no metric with that name.'),
  EXECUTOR_UNKNOWN: usage('There is no executor with that name.'),
  ALIAS_NOT_FOUND: usage('The job has no alias with that name.'),
  EXECUTOR_UNAVAILABLE: failure('What was to run the workers is not installed, or does not answer.'),
  EXECUTOR_REFUSED: usage('The executor cannot run the version as it asks for it.'),
  TEMPLATE_NOT_FOUND: usage('There is no template with that name.'),
  LOG_NOT_FOUND: usage('The version has no log for that worker.'),
  JOB_CREDENTIAL: usage('A credential would have been stored with the version, so it was refused.'),
  JOB_RESOURCES_UNAVAILABLE: usage('The version asks for more than this machine or its task can give.'),
  JOB_STORE_BUSY: failure('Another process is using the job store.'),
  JOB_STORE_INVALID: failure('The job store cannot be opened.'),
  JOB_STORE_UNREACHABLE: failure('The database of the job store does not answer.'),
  JOB_STORE_DENIED: failure('The database of the job store refuses the user.'),
  JOB_STORE_FOREIGN: usage('The folder of the jobs belongs to another job store.'),
  OCI_REFERENCE_INVALID: usage('The name of a container image is not valid.'),
  OCI_DESCRIPTION_INVALID: usage('The description of a container image is not valid.'),
  OCI_NOT_FOUND: usage('There is no container image with that name.'),
  OCI_CORRUPT: failure('A container image is damaged or incomplete.'),
  OCI_BUILD_FAILED: failure('A container image could not be built.'),
  OCI_UNSUPPORTED: failure('What a container image needs is missing on this machine.'),
  REGISTRY_DENIED: failure('The registry refuses the credentials, or none were found.'),
  REGISTRY_UNREACHABLE: failure('The registry does not answer, or answers with an error.'),
  JOBS_UNSUPPORTED: failure('Jobs do not run on this system.'),
});

type JobsErrors = typeof jobsErrors;
declare module '@semblance/core/error' {
  interface ErrorCodes extends JobsErrors {}
}

export * from '@semblance/core/error';
