/**
 * Codes of this package's errors.
 *
 * @module
 */

import { defineErrors, usage } from '@semblance/core/error';

/** What goes wrong with datasets. */
export const labErrors = defineErrors({
  DATA_FORBIDDEN: usage('Reading the data would execute code, so it is not read.'),
});

type LabErrors = typeof labErrors;
declare module '@semblance/core/error' {
  interface ErrorCodes extends LabErrors {}
}

export * from '@semblance/core/error';
