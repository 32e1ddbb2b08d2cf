import { defineErrors, failure, usage } from '@semblance/core/error';

/** What goes wrong with jobs, versions and object storage. */
export const jobsErrors = defineErrors({
  STORAGE_URL_INVALID: usage('The text is no location of files or objects.'),
  STORAGE_NOT_FOUND: usage('There is no bucket of that name.'),
  STORAGE_DENIED: failure('The object store refuses the credentials, or there are none.'),
  STORAGE_UNREACHABLE: failure('The object store does not answer as it should.'),
  STORAGE_INCOMPLETE: failure('The location holds half an upload.'),
  STORAGE_CORRUPT: failure('An object or a file is not the one its checksum was taken of.'),
  JOB_NOT_FOUND: usage('There is no job of that name.'),
  VERSION_NOT_FOUND: usage('The job has no such version.'),
  VERSION_EXISTS: usage('There is a version in that place already.'),
  VERSION_WRONG_STATE: usage('The version is not in a state in which this can be done.'),
  TASK_UNKNOWN: usage('There is no kind of task of that name.'),
  TEMPLATE_NOT_FOUND: usage('There is no template of that name.'),
  LOG_NOT_FOUND: usage('The version has no log of that worker.'),
  JOB_CREDENTIAL: usage('A credential would be stored with the version, and is not taken.'),
  JOB_RESOURCES_UNAVAILABLE: usage('More is asked for than this machine or task can give.'),
  JOB_STORE_BUSY: failure('Another process is using the job store.'),
  JOB_STORE_INVALID: failure('The job store cannot be used.'),
  JOBS_UNSUPPORTED: failure('Jobs do not run on this system.'),
});

type JobsErrors = typeof jobsErrors;
declare module '@semblance/core/error' {
  interface ErrorCodes extends JobsErrors {}
}

export * from '@semblance/core/error';
