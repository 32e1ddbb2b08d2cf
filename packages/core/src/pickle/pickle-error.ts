/**
 * Why a pickle is not read: it asks for a name (`forbidden`) or has an operation (`operation`) that is not on the list,
 * ends within a value (`truncated`), costs more than it may (`limit`), or makes no sense (`invalid`).
 */
export type PickleFault = 'forbidden' | 'operation' | 'truncated' | 'limit' | 'invalid';

/** The error of reading a pickle; who reads one gives it a code of its own table. */
export class PickleError extends Error {
  override readonly name = 'PickleError';
  readonly fault: PickleFault;

  constructor(fault: PickleFault, message: string) {
    super(message);
    this.fault = fault;
  }
}
