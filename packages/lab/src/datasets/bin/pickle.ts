import { SemblanceError } from '../../error.ts';
import { PickleBytes } from './pickle-bytes.ts';
import { allowedNames, PickledArray, PickledDtype, PickleName } from './pickle-names.ts';

/** A pickle may copy as many bytes as it has, this many times. */
const COPIES = 8;

const MARK = Symbol('mark');
const invalid = (message: string): SemblanceError => new SemblanceError('DATA_INVALID', message);

/** The stack and memo of the pickle machine, as far as lists of pictures need them. */
class Machine {
  readonly bytes: PickleBytes;
  readonly stack: unknown[] = [];
  readonly memo = new Map<number, unknown>();
  #copiesLeft: number;

  constructor(bytes: PickleBytes) {
    this.bytes = bytes;
    this.#copiesLeft = COPIES * bytes.length;
  }

  push = (value: unknown): void => void this.stack.push(value);

  pop(): unknown {
    const value = this.top();
    this.stack.pop();
    return value;
  }

  top(): unknown {
    const value = this.stack.at(-1);
    if (this.stack.length === 0 || value === MARK)
      throw invalid('the pickle takes a value where there is none');
    return value;
  }

  popMany(count: number): unknown[] {
    return Array.from({ length: count }, () => this.pop()).reverse();
  }

  /** What was pushed since the last mark, which goes with it. */
  popMark(): unknown[] {
    const at = this.stack.lastIndexOf(MARK);
    if (at < 0) throw invalid('the pickle has no mark where it needs one');
    return this.stack.splice(at).slice(1);
  }

  append(items: unknown[]): void {
    const list = this.top();
    if (!Array.isArray(list)) throw invalid('the pickle appends to what is not a list');
    for (const item of items) list.push(item);
  }

  remember = (key: number): void => void this.memo.set(key, this.top());

  recall(key: number): void {
    if (!this.memo.has(key)) throw invalid(`the pickle recalls value ${key}, which it never stored`);
    this.push(this.memo.get(key));
  }

  name(module: unknown, name: unknown): void {
    const found = allowedNames.get(`${module} ${name}`);
    if (!found) {
      const asked = `${module}.${name}`.slice(0, 200);
      throw new SemblanceError(
        'DATA_FORBIDDEN',
        `the pickle asks for ${asked}, which is not on the allow-list`,
      );
    }
    this.push(found);
  }

  call(): void {
    const [callable, args] = this.popMany(2);
    if (!(callable instanceof PickleName) || !Array.isArray(args))
      throw invalid('the pickle calls what is no function');
    // without it, one long text, recalled and encoded again and again, would fill the memory from a small file
    this.#copiesLeft -= typeof args[0] === 'string' ? args[0].length : 0;
    if (this.#copiesLeft < 0) throw invalid('the pickle copies more than it holds');
    this.push(callable.call(args));
  }

  build(): void {
    const state = this.pop();
    const target = this.top();
    if (!(target instanceof PickledArray || target instanceof PickledDtype))
      throw invalid('the pickle sets the state of what has none');
    target.setState(state);
  }
}

const index = (line: string): number => {
  if (!/^\d{1,9}$/.test(line)) throw invalid('the pickle numbers a value by no number');
  return Number(line);
};

const integer = (line: string): number | boolean => {
  if (line === '00' || line === '01') return line === '01';
  if (!/^-?\d{1,15}L?$/.test(line)) throw invalid('the pickle has an integer that is not read here');
  return Number(line.replace('L', ''));
};

/** The bytes of a Python 2 string literal. */
function quoted(line: string): Uint8Array {
  const body = /^(['"])(.*)\1$/s.exec(line)?.[2];
  if (body === undefined) throw invalid('the pickle has a string without quotes');
  const named: Record<string, string> = { n: '\n', r: '\r', t: '\t', a: '\x07', b: '\b', f: '\f', v: '\v' };
  const text = body.replace(/\\(x[\da-fA-F]{2}|.)/gs, (_, code: string) =>
    code.length === 3 ? String.fromCharCode(Number.parseInt(code.slice(1), 16)) : (named[code] ?? code),
  );
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

/** Python's raw-unicode-escape. */
const unicode = (line: string): string =>
  line.replace(/\\u([\da-fA-F]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

function littleEndian(bytes: Uint8Array): number {
  if (bytes.length > 6) throw invalid('the pickle has an integer that is not read here');
  return bytes.length === 0 ? 0 : Buffer.from(bytes).readIntLE(0, bytes.length);
}

const checkProtocol = (version: number): void => {
  if (version > 5) throw invalid(`the pickle has protocol ${version}, at most 5 is read`);
};

/** What each operation does, by its letter or number in pickletools; what is not in the table is refused. */
const operations = new Map<number, (m: Machine) => void>(
  Object.entries<(m: Machine) => void>({
    '\x80': (m) => checkProtocol(m.bytes.uint8()),
    '\x95': (m) => void m.bytes.length64(),
    '(': (m) => m.push(MARK),
    '0': (m) => void m.pop(),
    '1': (m) => void m.popMark(),
    '2': (m) => m.push(m.top()),
    N: (m) => m.push(null),
    '\x88': (m) => m.push(true),
    '\x89': (m) => m.push(false),
    I: (m) => m.push(integer(m.bytes.line())),
    L: (m) => m.push(integer(m.bytes.line())),
    J: (m) => m.push(m.bytes.int32()),
    K: (m) => m.push(m.bytes.uint8()),
    M: (m) => m.push(m.bytes.uint16()),
    '\x8a': (m) => m.push(littleEndian(m.bytes.bytes(m.bytes.uint8()))),
    S: (m) => m.push(quoted(m.bytes.line())),
    T: (m) => m.push(m.bytes.bytes(m.bytes.uint32())),
    U: (m) => m.push(m.bytes.bytes(m.bytes.uint8())),
    V: (m) => m.push(unicode(m.bytes.line())),
    X: (m) => m.push(m.bytes.text(m.bytes.uint32())),
    '\x8c': (m) => m.push(m.bytes.text(m.bytes.uint8())),
    '\x8d': (m) => m.push(m.bytes.text(m.bytes.length64())),
    B: (m) => m.push(m.bytes.bytes(m.bytes.uint32())),
    C: (m) => m.push(m.bytes.bytes(m.bytes.uint8())),
    '\x8e': (m) => m.push(m.bytes.bytes(m.bytes.length64())),
    '\x96': (m) => m.push(m.bytes.bytes(m.bytes.length64())),
    ']': (m) => m.push([]),
    l: (m) => m.push(m.popMark()),
    a: (m) => m.append([m.pop()]),
    e: (m) => m.append(m.popMark()),
    ')': (m) => m.push([]),
    t: (m) => m.push(m.popMark()),
    '\x85': (m) => m.push(m.popMany(1)),
    '\x86': (m) => m.push(m.popMany(2)),
    '\x87': (m) => m.push(m.popMany(3)),
    p: (m) => m.remember(index(m.bytes.line())),
    q: (m) => m.remember(m.bytes.uint8()),
    r: (m) => m.remember(m.bytes.uint32()),
    '\x94': (m) => m.remember(m.memo.size),
    g: (m) => m.recall(index(m.bytes.line())),
    h: (m) => m.recall(m.bytes.uint8()),
    j: (m) => m.recall(m.bytes.uint32()),
    c: (m) => m.name(m.bytes.line(), m.bytes.line()),
    '\x93': (m) => m.name(...(m.popMany(2) as [unknown, unknown])),
    R: (m) => m.call(),
    b: (m) => m.build(),
  }).map(([letter, operation]) => [letter.charCodeAt(0), operation]),
);

/**
 * The lists, tuples, booleans, whole numbers, texts, bytes and byte arrays of a pickle (protocols 0 to 5): the small part of the
 * language that verification sets are written in. Bytes are views of the input where they can be.
 *
 * Nothing is executed: names are looked up in a table of ours ({@link allowedNames}), and any other ends the reading, as does an
 * operation that is not in the table. Tensors and dictionaries are not read here.
 *
 * @throws SemblanceError DATA_FORBIDDEN, DATA_INVALID, DATA_CORRUPT
 * @see CPython's Lib/pickletools.py
 */
export function readPickle(bytes: Uint8Array): unknown {
  const machine = new Machine(new PickleBytes(bytes));
  for (;;) {
    const code = machine.bytes.uint8();
    if (code === 0x2e) return machine.pop();
    const operation = operations.get(code);
    if (!operation) {
      const place = `0x${code.toString(16)} at byte ${machine.bytes.position - 1}`;
      throw new SemblanceError('DATA_FORBIDDEN', `the pickle has the operation ${place}, which is not read`);
    }
    operation(machine);
  }
}
