import { join } from 'node:path';
import { writeFileAside } from '@semblance/core/files';
import { asSemblanceError } from '../error.ts';
import { JobParts } from '../parts.ts';
import { scrub } from '../record/secrets.ts';
import { readStepFile, type StepFile } from './step-file.ts';

/** What a failure to bring inputs ends with, as on the platforms. */
export const INPUTS_MISSING = 127;

/** Tells the step after the work that this did not end well. */
export const WORK_FAILED = 'SEMBLANCE_WORK_FAILED';

export const hasWorkFailed = (): boolean => process.env[WORK_FAILED] === '1';

/**
 * Runs a step in a process of its own: `node step.ts VERSION_DIR GROUP_DIR [MODULE]`. What goes wrong is printed, and stands in
 * `GROUP_DIR/reason` for the supervisor; no credential is in either.
 *
 * @param failureCode the exit code of a failure
 */
export async function runStep(
  failureCode: number,
  step: (version: StepFile, parts: JobParts, say: (line: string) => void) => Promise<void>,
): Promise<void> {
  const [dir, groupDir, module] = process.argv.slice(2) as [string, string, string | undefined];
  const say = (line: string): void => void process.stdout.write(`${scrub(line)}\n`);
  try {
    await step(await readStepFile(dir), await JobParts.load(module), say);
  } catch (error) {
    const { code, message } = asSemblanceError(error);
    say(`error ${code}: ${message}`);
    await writeFileAside(join(groupDir, 'reason'), scrub(`${code}: ${message}`));
    process.exitCode = failureCode;
  }
}
