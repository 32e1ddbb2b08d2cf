import { PickleError } from './pickle-error.ts';

/** What a pickle may name: a function of ours that stands for the Python one, and builds data only. */
export class PickleCallable {
  readonly name: string;
  readonly call: (args: unknown[]) => unknown;

  constructor(name: string, call: (args: unknown[]) => unknown) {
    this.name = name;
    this.call = call;
  }
}

/** An object that takes a state after it was made (`__setstate__`), in our own code. */
export interface Buildable {
  setPickleState(state: unknown): void;
}

export const isBuildable = (value: unknown): value is Buildable =>
  typeof value === 'object' && value !== null && 'setPickleState' in value;

/** `module name` → the callable or constant it stands for; nothing else can be named. */
export type AllowList = ReadonlyMap<string, unknown>;

/** Lines of an allow-list: a Python name (`module name`) and the function that stands for it. */
export function allow(functions: Record<string, (args: unknown[]) => unknown>): [string, PickleCallable][] {
  return Object.entries(functions).map(([name, call]) => [name, new PickleCallable(name, call)]);
}

/** The error of a pickle that calls an allowed name with arguments that name never takes. */
export const badArguments = (name: string): PickleError =>
  new PickleError('invalid', `the pickle calls ${name} with arguments it does not take`);

const python3 = allow({
  'collections OrderedDict': ([pairs]) => mapOfPairs('OrderedDict', pairs),
  'collections defaultdict': () => new Map(),
  'collections Counter': ([counts]) => new Map(counts instanceof Map ? counts : []),
  'builtins set': ([items]) => new Set(list('set', items)),
  'builtins frozenset': ([items]) => new Set(list('frozenset', items)),
  'builtins list': ([items]) => [...list('list', items)],
  'builtins dict': () => new Map(),
  'builtins bytes': (args) => encodeText('bytes', args),
  'builtins bytearray': (args) => encodeText('bytearray', args),
  '_codecs encode': (args) => encodeText('encode', args),
});

/** Python's own containers, as the JS ones; protocols 0 to 2 call `builtins` by its Python 2 name. */
export const builtinGlobals: AllowList = new Map(
  python3.concat(python3.map(([name, callable]) => [name.replace('builtins ', '__builtin__ '), callable])),
);

/** Text that a pickle of Python 2 may have as bytes. */
export const asText = (value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value;

function list(name: string, value: unknown): unknown[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw badArguments(name);
  return value;
}

function mapOfPairs(name: string, pairs: unknown): Map<unknown, unknown> {
  const map = new Map();
  for (const pair of list(name, pairs)) {
    if (!Array.isArray(pair) || pair.length !== 2) throw badArguments(name);
    map.set(pair[0], pair[1]);
  }
  return map;
}

// How Python 3 stores bytes in a protocol that has none: text of which each character is a byte.
function encodeText(name: string, [text, code]: unknown[]): Uint8Array {
  const encoding = asText(code);
  if (text === undefined) return new Uint8Array(0);
  if (text instanceof Uint8Array && encoding === undefined) return text;
  if (typeof text !== 'string') throw badArguments(name);
  if (encoding === 'latin1' || encoding === 'latin-1') return new Uint8Array(Buffer.from(text, 'latin1'));
  if (encoding === undefined || encoding === 'utf-8' || encoding === 'utf8')
    return new TextEncoder().encode(text);
  throw badArguments(name);
}
