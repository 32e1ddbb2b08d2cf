import { inOurWords } from './hints.ts';

/**
 * Every error code of this package and what it means: adding one is adding a line.
 *
 * @example
 * ```ts
 * import { torchErrorCodes } from '@semblance/torch';
 *
 * for (const [code, meaning] of Object.entries(torchErrorCodes)) console.log(`${code}: ${meaning}`);
 * ```
 */
export const torchErrorCodes = {
  TORCH_NOT_BUILT: 'The native addon is missing: run `semblance setup training`.',
  LIBTORCH_NOT_FOUND: 'No libtorch was found to build the addon against.',
  ADDON_BUILD_FAILED: 'The native addon could not be compiled; the message holds what the compiler said.',
  TORCH_BAD_ARGUMENT: 'An argument has the wrong type or value.',
  TORCH_UNKNOWN_OP: 'This libtorch has no operator of that name.',
  TORCH_NO_OVERLOAD: 'No overload of the operator takes these arguments.',
  TORCH_UNSUPPORTED_ARGUMENT: 'The operator needs a kind of argument that JavaScript cannot pass.',
  TORCH_OP_FAILED: 'The operator refused its inputs; the message names it and their shapes.',
  TORCH_SHAPE_MISMATCH: 'The sizes do not match.',
  TORCH_OUT_OF_MEMORY: 'There is not enough memory.',
  TORCH_FAILED: 'libtorch reported an error outside an operator.',
  TORCH_NO_DEVICE: 'This machine, or this libtorch, has no such device.',
  TORCH_ANOMALY: 'A gradient failed or is NaN; the message names the operator and where it was called.',
  TORCH_GRADIENT_WRONG: 'Autograd and finite differences disagree.',
  TENSOR_FOREIGN: 'The tensor was made in another thread; tensors stay in theirs.',
  TENSOR_DISPOSED: 'The tensor was used after dispose() or after its scope ended.',
  MODULE_STATE_MISMATCH: 'A state dict does not fit the module: names or shapes differ.',
  OPTIMIZER_STATE_MISMATCH: 'An optimizer state does not fit these parameters.',

  DATASET_FAILED: 'A sample of a dataset, or the dataset itself, cannot be loaded.',

  FILE_NOT_FOUND: 'The file does not exist.',
  FILE_UNREADABLE: 'The file cannot be read.',
  FILE_UNWRITABLE: 'The file cannot be written.',

  SAFETENSORS_INVALID: 'The bytes are not a valid safetensors file.',
  SAFETENSORS_LIMIT: 'The safetensors header is larger than allowed.',
  SAFETENSORS_DTYPE: 'The file holds numbers of an unsupported kind.',

  PICKLE_INVALID: 'The pickle is damaged or uses features that data files do not need.',
  PICKLE_FORBIDDEN_GLOBAL: 'The pickle asks for a class or function that is not on the list of allowed ones.',
  PICKLE_LIMIT: 'The pickle is larger or deeper than allowed.',
  TORCH_FILE_INVALID: 'The bytes are not a valid torch file.',
  TORCH_FILE_UNSUPPORTED: 'The torch file is of an unsupported kind.',

  DIST_NOT_INITIALIZED: 'There is no process group: call distributed.init() first.',
  DIST_ALREADY_INITIALIZED: 'There is a process group already: call distributed.destroy() first.',
  DIST_BAD_ENVIRONMENT: "The launcher's environment variables do not say who this process is.",
  DIST_NO_BACKEND: 'This build has no such backend for collectives.',
  DIST_RENDEZVOUS_FAILED: 'The ranks did not find each other.',
  DIST_TIMEOUT: 'The other ranks did not arrive in time.',
  DIST_PEER_LOST: 'Another rank ended or its connection broke.',
  DIST_MISMATCH: 'Ranks differ in what they must have in common.',
  DIST_FAILED: 'Communication between ranks failed.',
  LAUNCH_USAGE: 'The launcher was called with wrong arguments.',

  EXPORT_INVALID: 'The module cannot be exported with these options.',
  EXPORT_UNSUPPORTED_OP: 'An operator of the module has no ONNX counterpart here.',
  EXPORT_PARITY_FAILED: 'The exported file does not compute what the module computes.',
  EXPORT_RUNTIME_MISSING: 'onnxruntime-node is needed to check the exported file.',
  TELEMETRY_NOT_OFF:
    'The telemetry of ONNX Runtime cannot be switched off from this thread, so it is not loaded.',
} as const;

export type TorchErrorCode = keyof typeof torchErrorCodes;

export interface TorchErrorOptions {
  cause?: unknown;
}

/**
 * The error of this package: a stable code from {@link torchErrorCodes} and one sentence about this very case.
 *
 * @example
 * ```ts
 * import { tensor, TorchError } from '@semblance/torch';
 *
 * try {
 *   tensor([1, 2]).add(tensor([1, 2, 3]));
 * } catch (error) {
 *   if (error instanceof TorchError) console.log(error.code); // TORCH_OP_FAILED
 * }
 * ```
 */
export class TorchError extends Error {
  override readonly name = 'TorchError';
  readonly code: TorchErrorCode;

  constructor(
    code: TorchErrorCode,
    message: string = torchErrorCodes[code],
    options: TorchErrorOptions = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
  }
}

/** A native error as a TorchError, with the code and sentence it came with; anything else as it is. */
export function asTorchError(error: unknown): unknown {
  const code = (error as { code?: string }).code;
  if (
    error instanceof TorchError ||
    !(error instanceof Error) ||
    code === undefined ||
    !(code in torchErrorCodes)
  )
    return error;
  return new TorchError(code as TorchErrorCode, inOurWords(error.message), { cause: error });
}

/** Runs `fn`; what the addon refuses in it is a TorchError. */
export function guarded<T>(fn: () => T): T {
  try {
    return fn();
  } catch (error) {
    throw asTorchError(error);
  }
}

/** What the system says of a file that is read, as FILE_NOT_FOUND or FILE_UNREADABLE. */
export function unreadable(path: string, cause: unknown): TorchError {
  const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
  if (isMissing) return new TorchError('FILE_NOT_FOUND', `no such file: ${path}`, { cause });
  return new TorchError('FILE_UNREADABLE', `cannot read ${path}: ${(cause as Error).message}`, { cause });
}
