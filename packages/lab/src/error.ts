import { defineErrors, usage } from '@semblance/core/error';

/** What goes wrong with datasets. */
export const labErrors = defineErrors({
  DATA_FORBIDDEN: usage('The data asks for something to be executed, and is not read.'),
});

type LabErrors = typeof labErrors;
declare module '@semblance/core/error' {
  interface ErrorCodes extends LabErrors {}
}

export * from '@semblance/core/error';
