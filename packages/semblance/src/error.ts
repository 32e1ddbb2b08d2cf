/**
 * Codes of this package's errors.
 *
 * @module
 */

import '@semblance/face/error';
import '@semblance/jobs/error';
import '@semblance/lab/error';
import '@semblance/serve/error';
import '@semblance/train/error';
import { defineErrors, failure, usage } from '@semblance/core/error';

/** What goes wrong with the command line, beside the codes of the packages below, all of which it may have to report. */
export const commandErrors = defineErrors({
  USAGE_UNKNOWN_COMMAND: usage('There is no such command.'),
  JOB_FAILED: failure('The version you followed did not complete.'),
});

type CommandErrors = typeof commandErrors;
declare module '@semblance/core/error' {
  interface ErrorCodes extends CommandErrors {}
}

export * from '@semblance/core/error';
