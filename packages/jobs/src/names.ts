import { SemblanceError } from './error.ts';

const jobName = /^[A-Za-z0-9_-]{1,64}$/;

/** @throws USAGE_INVALID_VALUE */
export function checkJobName(name: string, what = 'a job'): string {
  if (jobName.test(name)) return name;
  const message = `expected 1 to 64 letters, digits, _ or - as the name of ${what} but received '${name.slice(0, 80)}'`;
  throw new SemblanceError('USAGE_INVALID_VALUE', message);
}
