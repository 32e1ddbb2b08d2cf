/**
 * Errors with a code: `SemblanceError`, and how a package adds codes of its own.
 *
 * @module
 */

import { systemRefusal } from './system-error.ts';

/** What an error code means to people, and whose doing it is. */
export interface ErrorEntry {
  /** One sentence about what the code means. */
  sentence: string;
  /** `caller`: wrong usage or input, which the caller can mend; `ours`: something failed. */
  fault: 'caller' | 'ours';
}

/** An entry for what a caller can mend. */
export const usage = (sentence: string): ErrorEntry => ({ sentence, fault: 'caller' });
/** An entry for what failed through no fault of the caller. */
export const failure = (sentence: string): ErrorEntry => ({ sentence, fault: 'ours' });

const entries = new Map<string, ErrorEntry>();

/**
 * Makes a package's table of codes known, and returns it.
 *
 * Each package has one, in its `error.ts`, which also adds the codes to {@link ErrorCodes} and hands
 * {@link SemblanceError} on: whoever throws a code of a package has its table.
 *
 * @throws Error where another table has a code of that name
 */
export function defineErrors<T extends Readonly<Record<string, ErrorEntry>>>(table: T): T {
  for (const [code, entry] of Object.entries(table)) {
    const known = entries.get(code);
    // two copies of one package define the same entry twice
    if (known && known.sentence !== entry.sentence)
      throw new Error(`the error code ${code} is defined twice`);
    entries.set(code, entry);
  }
  return table;
}

/** The codes that every package uses. */
export const coreErrors = defineErrors({
  USAGE_UNKNOWN_FLAG: usage('The command does not have this option.'),
  USAGE_MISSING_ARGUMENT: usage('A required argument is missing.'),
  USAGE_INVALID_VALUE: usage('An argument has a value that is not allowed.'),
  PATH_NOT_FOUND: usage('The file or folder does not exist.'),
  PATH_OUTSIDE_ROOT: usage('The path leads out of its folder.'),
  PATH_EXISTS: usage('The file or folder already exists and is not overwritten.'),
  PATH_BUSY: failure('Another process is writing into the folder.'),
  PATH_DENIED: failure('This user has no permission for the file or folder.'),
  STORAGE_FULL: failure('There is no room left on the disk.'),
  STORAGE_READ_ONLY: failure('The disk or folder can only be read.'),
  STORAGE_FAILED: failure('The disk reports an error.'),
  TOO_MANY_OPEN_FILES: failure('More files are open than the system allows.'),
  DATA_EMPTY: usage('There is nothing to read here.'),
  DATA_INVALID: usage('The data is not laid out as expected.'),
  DATA_CORRUPT: usage('A data file is damaged or cut short.'),
  WORKER_LOST: failure('A thread or process that did the work has ended before it was done.'),
  INTERNAL: failure('Something went wrong inside Semblance.'),
});

type CoreErrors = typeof coreErrors;
/** Every error code there is: each package adds its own. */
export interface ErrorCodes extends CoreErrors {}
export type ErrorCode = keyof ErrorCodes;

/** The entries of every table that is loaded, by code. */
export const errorEntries: ReadonlyMap<string, ErrorEntry> = entries;

/** Whether a text is a code of a table that is loaded. */
export const isErrorCode = (text: string): text is ErrorCode => entries.has(text);

/** What a code means; one that no loaded table has is ours. */
export const errorEntry = (code: ErrorCode): ErrorEntry =>
  entries.get(code) ?? { sentence: coreErrors.INTERNAL.sentence, fault: 'ours' };

export interface SemblanceErrorOptions {
  cause?: unknown;
  /** Facts for programs: file names, received values. No pixels, no embeddings. */
  details?: Record<string, unknown>;
}

/**
 * The error people see: a stable code and one sentence about this very case.
 *
 * A program decides by `code`, which is one of the table in docs/errors.md; a person reads `message`. `cause` is what failed below.
 *
 * @example
 * ```ts
 * import { SemblanceError } from '@semblance/core';
 *
 * const dir = 'photos/2026';
 * const error = new SemblanceError('PATH_NOT_FOUND', `no such folder: ${dir}`, { details: { dir } });
 * console.log(error.code, error.fault); // PATH_NOT_FOUND caller
 * console.log(JSON.stringify(error)); // {"code":"PATH_NOT_FOUND","message":"no such folder: photos/2026"}
 * ```
 */
export class SemblanceError extends Error {
  override readonly name = 'SemblanceError';
  readonly code: ErrorCode;
  readonly details: Record<string, unknown>;

  constructor(
    code: ErrorCode,
    message: string = errorEntry(code).sentence,
    options: SemblanceErrorOptions = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details ?? {};
  }

  /** Whose doing it is. */
  get fault(): 'caller' | 'ours' {
    return errorEntry(this.code).fault;
  }

  /** What a service or a line of JSON output says: no stack, no cause, no details. */
  toJSON(): { code: ErrorCode; message: string } {
    return { code: this.code, message: this.message };
  }
}

/**
 * Whether the value is a SemblanceError, of the given code if one is given.
 *
 * @example
 * ```ts
 * import { isSemblanceError, SemblanceError } from '@semblance/core';
 *
 * try {
 *   throw new SemblanceError('DATA_EMPTY', 'there is no photo in people/ada');
 * } catch (error) {
 *   if (!isSemblanceError(error, 'DATA_EMPTY')) throw error;
 *   console.log(error.message); // there is no photo in people/ada
 * }
 * ```
 */
export function isSemblanceError(value: unknown, code?: ErrorCode): value is SemblanceError {
  return value instanceof SemblanceError && (code === undefined || value.code === code);
}

/**
 * The value as a SemblanceError: itself, or wrapped with the cause kept, under the code of what the file system refused
 * (`STORAGE_FULL`, `PATH_DENIED`, …), or else under `code`.
 *
 * @example
 * ```ts
 * import { asSemblanceError } from '@semblance/core';
 *
 * const error = asSemblanceError(new RangeError('out of range'), 'DATA_CORRUPT');
 * console.log(error.code, (error.cause as Error).name); // DATA_CORRUPT RangeError
 * ```
 */
export function asSemblanceError(value: unknown, code: ErrorCode = 'INTERNAL'): SemblanceError {
  if (value instanceof SemblanceError) return value;
  const refusal = systemRefusal(value);
  if (refusal) return new SemblanceError(refusal.code, refusal.message, { cause: value });
  const message = value instanceof Error ? value.message : String(value);
  return new SemblanceError(code, message, { cause: value });
}
