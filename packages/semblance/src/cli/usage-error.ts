import type { CommanderError } from 'commander';
import { type ErrorCode, SemblanceError } from '../error.ts';

/** What commander calls its errors, and what we do. */
const usageCodes: Record<string, ErrorCode> = {
  'commander.unknownOption': 'USAGE_UNKNOWN_FLAG',
  'commander.unknownCommand': 'USAGE_UNKNOWN_COMMAND',
  'commander.missingArgument': 'USAGE_MISSING_ARGUMENT',
  'commander.optionMissingArgument': 'USAGE_MISSING_ARGUMENT',
  'commander.missingMandatoryOptionValue': 'USAGE_MISSING_ARGUMENT',
  'commander.excessArguments': 'USAGE_INVALID_VALUE',
  'commander.invalidArgument': 'USAGE_INVALID_VALUE',
};

/** An error of commander under our codes. */
export function usageError(error: CommanderError): SemblanceError {
  const message = error.message
    .replace(/^error: /, '')
    .replace(/\n\(Did you mean (.*)\?\)/s, '. Did you mean $1?');
  return new SemblanceError(usageCodes[error.code] ?? 'USAGE_INVALID_VALUE', message, { cause: error });
}
