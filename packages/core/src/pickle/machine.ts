import { ByteReader, decodeUtf8 } from './byte-reader.ts';
import { type AllowList, builtinGlobals, isBuildable, PickleCallable } from './globals.ts';
import { PickleError } from './pickle-error.ts';

export interface UnpickleOptions {
  /** What the pickle may name: Python's containers unless given. */
  globals?: AllowList;
  /** The operations it may have, of {@link opcodes}: all that data needs unless given. STOP is always one. */
  operations?: ReadonlySet<number>;
  /** What stands for a persistent id; without it, one is an error. */
  persistentLoad?: (id: unknown) => unknown;
  /** Where in the bytes the pickle begins. */
  offset?: number;
  /** How the byte strings of Python 2 come back. */
  strings?: 'text' | 'bytes';
  /** Operations, each call counted with the size of what it copies. */
  maxOperations?: number;
}

const TEXT_PER_OPERATION = 64;

const invalid = (message: string): PickleError => new PickleError('invalid', message);

/** The stack, marks and memo of the pickle machine, and the few things its operations do to them. */
export class Machine {
  readonly reader: ByteReader;
  readonly #options: UnpickleOptions;
  readonly #memo = new Map<number, unknown>();
  readonly #marked: unknown[][] = [];
  #stack: unknown[] = [];
  #operationsLeft: number;

  constructor(bytes: Uint8Array, options: UnpickleOptions) {
    this.reader = new ByteReader(bytes, options.offset);
    this.#options = options;
    this.#operationsLeft = options.maxOperations ?? 20_000_000;
  }

  /** Takes work off what the pickle may cost; @throws PickleError `limit` when nothing is left. */
  spend(operations: number): void {
    this.#operationsLeft -= operations;
    if (this.#operationsLeft < 0) throw new PickleError('limit', 'the pickle has too many operations');
  }

  push(value: unknown): void {
    this.#stack.push(value);
  }

  pop(): unknown {
    this.top();
    return this.#stack.pop();
  }

  top(): unknown {
    if (this.#stack.length === 0) throw invalid('the pickle takes a value from an empty stack');
    return this.#stack[this.#stack.length - 1];
  }

  /** Removes the value on top, or the mark if there is none above it. */
  discard(): void {
    if (this.#stack.length > 0) this.#stack.pop();
    else this.popMark();
  }

  mark(): void {
    this.#marked.push(this.#stack);
    this.#stack = [];
  }

  /** The values above the last mark, which are removed with it. */
  popMark(): unknown[] {
    const items = this.#stack;
    const below = this.#marked.pop();
    if (!below) throw invalid('the pickle has no mark where it needs one');
    this.#stack = below;
    return items;
  }

  popMany(count: number): unknown[] {
    const items: unknown[] = [];
    for (let i = 0; i < count; i++) items.push(this.pop());
    return items.reverse();
  }

  remember(index: number = this.#memo.size): void {
    this.#memo.set(index, this.top());
  }

  recall(index: number): void {
    if (!this.#memo.has(index)) throw invalid(`the pickle recalls value ${index}, which it never stored`);
    this.push(this.#memo.get(index));
  }

  append(items: unknown[]): void {
    const list = this.top();
    if (!Array.isArray(list)) throw invalid('the pickle appends to what is not a list');
    for (const item of items) list.push(item);
  }

  setItems(items: unknown[]): void {
    const map = this.top();
    if (!(map instanceof Map)) throw invalid('the pickle sets an item of what is not a dict');
    if (items.length % 2 !== 0) throw invalid('the pickle sets a key without a value');
    for (let i = 0; i < items.length; i += 2) map.set(items[i], items[i + 1]);
  }

  addItems(items: unknown[]): void {
    const set = this.top();
    if (!(set instanceof Set)) throw invalid('the pickle adds to what is not a set');
    for (const item of items) set.add(item);
  }

  /** @throws PickleError `forbidden`, naming what was asked for, unless the allow-list has it */
  global(module: unknown, name: unknown): unknown {
    const key = `${module} ${name}`;
    if (typeof module === 'string' && typeof name === 'string') {
      const { globals = builtinGlobals } = this.#options;
      if (globals.has(key)) return globals.get(key);
    }
    const asked = key.slice(0, 200).replace(' ', '.');
    throw new PickleError('forbidden', `the pickle asks for ${asked}, which is not on the allow-list`);
  }

  call(callable: unknown, args: unknown): void {
    if (!(callable instanceof PickleCallable)) throw invalid('the pickle calls what is not a function');
    if (!Array.isArray(args)) throw invalid(`the pickle calls ${callable.name} without a tuple of arguments`);
    this.spend(copiedSize(args[0]));
    this.push(callable.call(args));
  }

  build(state: unknown): void {
    const target = this.top();
    // Attributes of a dict (state_dict()._metadata) say nothing about its entries.
    if (target instanceof Map) return;
    if (!isBuildable(target)) throw invalid('the pickle sets the state of a value that has none');
    target.setPickleState(state);
  }

  persistent(id: unknown): void {
    const load = this.#options.persistentLoad;
    if (!load) throw invalid('the pickle refers to a value outside of the file');
    this.push(load(id));
  }

  /** A byte string of Python 2. */
  pushOldString(bytes: Uint8Array): void {
    this.push(this.#options.strings === 'bytes' ? bytes : decodeUtf8(bytes));
  }
}

// Without it, calling list(x) again and again on one long x would fill the memory from a small file.
function copiedSize(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  if (value instanceof Map) return value.size;
  if (typeof value === 'string' || value instanceof Uint8Array)
    return Math.ceil(value.length / TEXT_PER_OPERATION);
  return 0;
}
