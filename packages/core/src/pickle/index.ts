/**
 * Reads pickles by an allow-list; nothing is executed.
 *
 * @module
 */

export { type AllowList, allow, type Buildable, badArguments, builtinGlobals } from './globals.ts';
export { NumpyArray, numpyGlobals } from './numpy.ts';
export { opcodes } from './opcodes.ts';
export { PickleError, type PickleFault } from './pickle-error.ts';
export { type Unpickled, type UnpickleOptions, unpickle } from './unpickle.ts';
