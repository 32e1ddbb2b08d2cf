import { Machine, type UnpickleOptions } from './machine.ts';
import { opcodes } from './opcodes.ts';
import { operations } from './operations.ts';
import { PickleError } from './pickle-error.ts';

export type { UnpickleOptions };

export interface Unpickled {
  value: unknown;
  /** The byte after the pickle. */
  end: number;
}

/**
 * The data of a pickle (protocols 0 to 5): dicts as Map, lists and tuples as arrays, sets as Set, bytes as views of
 * the input, integers as number or, beyond 2^53, bigint. Nothing is ever executed: names are looked up in a table of
 * our own functions, and a name that is not in it ends the reading. Values may share parts and contain themselves.
 *
 * @throws PickleError
 * @see https://docs.python.org/3/library/pickle.html and CPython's pickletools.py
 */
export function unpickle(bytes: Uint8Array, options: UnpickleOptions = {}): Unpickled {
  const machine = new Machine(bytes, options);
  const { reader } = machine;
  const isAllowed = (code: number) => options.operations?.has(code) ?? true;
  for (;;) {
    machine.spend(1);
    const code = reader.uint8();
    if (code === opcodes.STOP) return { value: machine.pop(), end: reader.position };
    const operation = isAllowed(code) ? operations.get(code) : undefined;
    if (!operation) {
      const where = `0x${code.toString(16)} at byte ${reader.position - 1}`;
      throw new PickleError('operation', `the pickle has the operation ${where}, which is not read`);
    }
    operation(machine);
  }
}
