import {
  PickleError,
  type Unpickled,
  type UnpickleOptions,
  unpickle as unpickleData,
} from '@semblance/core/pickle';
import { TorchError } from '../error.ts';

const codes = { forbidden: 'PICKLE_FORBIDDEN_GLOBAL', limit: 'PICKLE_LIMIT' } as const;

/**
 * The data of a pickle: see `unpickle` of @semblance/core/pickle.
 *
 * @throws TorchError PICKLE_FORBIDDEN_GLOBAL, PICKLE_INVALID, PICKLE_LIMIT
 */
export function unpickle(bytes: Uint8Array, options?: UnpickleOptions): Unpickled {
  try {
    return unpickleData(bytes, options);
  } catch (cause) {
    if (!(cause instanceof PickleError)) throw cause;
    const { fault } = cause;
    const code = fault === 'forbidden' || fault === 'limit' ? codes[fault] : 'PICKLE_INVALID';
    throw new TorchError(code, cause.message, { cause });
  }
}
