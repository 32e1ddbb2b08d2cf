import { TorchError, type TorchErrorCode } from './error.ts';
import { type ArgInfo, type KindInfo, native, type OpInfo } from './native.ts';
import { Tensor } from './tensor.ts';

/** One overload of an operator, ready to be called. */
export interface Op extends OpInfo {
  id: number;
}

/** Sees every operator call while it is installed; tracing and profiling are interceptors. */
export interface Interceptor {
  before?(op: Op, args: unknown[]): void;
  /** `args` are positional in the schema's order, defaults filled in; `outputs` are the tensors returned. */
  after(opName: string, args: unknown[], outputs: Tensor[], op: Op): void;
}

let interceptors: Interceptor[] = [];

/** Runs `fn` with an interceptor on the dispatch seam. */
export function withInterceptor<T>(interceptor: Interceptor, fn: () => T): T {
  interceptors = [...interceptors, interceptor];
  try {
    return fn();
  } finally {
    interceptors = interceptors.filter((i) => i !== interceptor);
  }
}

/** A native error as a TorchError, with the code and sentence it came with. */
function asTorchError(error: unknown): unknown {
  const code = (error as { code?: string }).code;
  if (error instanceof TorchError || !(error instanceof Error) || code === undefined) return error;
  return new TorchError(code as TorchErrorCode, error.message, { cause: error });
}

function toNative(value: unknown): unknown {
  if (value instanceof Tensor) return Tensor.handleOf(value);
  if (Array.isArray(value) && value.some((v) => v instanceof Tensor))
    return value.map((v) => (v instanceof Tensor ? Tensor.handleOf(v) : v));
  return value;
}

function wrapResult(value: unknown, kind: KindInfo & { aliasOf: number }, args: unknown[]): unknown {
  if (kind.base !== 'Tensor') return value;
  if (kind.list) return (value as number[]).map((handle) => Tensor.wrap(handle));
  if ((value as number) < 0) return args[-1 - (value as number)];
  return value === 0 || value === null ? null : Tensor.wrap(value as number);
}

/**
 * Calls one overload with positional arguments in its schema's order (undefined where the default is meant).
 *
 * @throws TorchError TORCH_OP_FAILED naming the operator and the shapes, TENSOR_DISPOSED, TORCH_BAD_ARGUMENT
 */
export function callOp(op: Op, args: unknown[]): unknown {
  for (const interceptor of interceptors) interceptor.before?.(op, args);
  let result: unknown;
  try {
    result = native.call(op.id, ...args.map(toNative));
  } catch (error) {
    throw asTorchError(error);
  }
  const { returns } = op;
  let out: unknown;
  if (returns.length === 1) out = wrapResult(result, returns[0]!, args);
  else if (returns.length > 1)
    out = (result as unknown[]).map((value, i) => wrapResult(value, returns[i]!, args));
  if (interceptors.length > 0) {
    const filled = op.args.map((arg, i) => (args[i] === undefined ? arg.default : args[i]));
    const outputs = [out].flat().filter((value): value is Tensor => value instanceof Tensor);
    for (const interceptor of interceptors) interceptor.after(op.name, filled, outputs, op);
  }
  return out;
}

const known = new Map<string, Op>();

/** The overload of that full name, e.g. `aten::add.Tensor`. @throws TorchError TORCH_UNKNOWN_OP */
export function findOp(fullName: string): Op {
  const found = known.get(fullName);
  if (found) return found;
  const dot = fullName.indexOf('.');
  const id =
    dot < 0 ? native.findOp(fullName, '') : native.findOp(fullName.slice(0, dot), fullName.slice(dot + 1));
  if (id < 0) throw new TorchError('TORCH_UNKNOWN_OP', `${fullName}: this libtorch has no such operator`);
  const op: Op = { ...native.opInfo(id), id };
  known.set(fullName, op);
  return op;
}

function isKeywords(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function acceptsOne(base: KindInfo['base'], value: unknown): boolean {
  switch (base) {
    case 'Tensor':
      return value instanceof Tensor;
    case 'int':
      return typeof value === 'number'
        ? Number.isInteger(value)
        : typeof value === 'bigint' || typeof value === 'string';
    case 'float':
      return typeof value === 'number';
    case 'Scalar':
      return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean';
    case 'bool':
      return typeof value === 'boolean';
    case 'str':
    case 'Device':
      return typeof value === 'string';
    default:
      return false;
  }
}

function accepts(arg: ArgInfo, value: unknown): boolean {
  const { kind } = arg;
  if (value === undefined) return arg.hasDefault || kind.optional || kind.base === 'Generator';
  if (value === null) return kind.optional || kind.base === 'Generator';
  if (!kind.list) return acceptsOne(kind.base, value);
  if (!Array.isArray(value)) return kind.broadcast && acceptsOne(kind.base, value);
  return value.every((v) => (v === null ? kind.optionalElements : acceptsOne(kind.base, v)));
}

/** The arguments in the schema's order, or undefined where this overload cannot take them. */
function arrange(
  op: Op,
  positional: unknown[],
  keywords: Record<string, unknown> | undefined,
): unknown[] | undefined {
  const numPositional = op.args.findIndex((arg) => arg.kwargOnly);
  if (positional.length > (numPositional < 0 ? op.args.length : numPositional)) return undefined;
  if (keywords)
    for (const name of Object.keys(keywords)) if (!op.args.some((arg) => arg.name === name)) return undefined;
  const out: unknown[] = [];
  for (let i = 0; i < op.args.length; i++) {
    const arg = op.args[i]!;
    const value = i < positional.length ? positional[i] : keywords?.[arg.name];
    if (!accepts(arg, value)) return undefined;
    out.push(value);
  }
  return out;
}

const show = (value: unknown): string =>
  value instanceof Tensor
    ? String(value)
    : Array.isArray(value)
      ? `[${value.map(show).join(', ')}]`
      : (JSON.stringify(value) ?? String(value));

/**
 * A function over all overloads of one operator: it takes the first whose schema fits the arguments. A plain
 * object in last place holds keyword arguments.
 */
export function overloaded(name: string, fullNames: readonly string[]): (...args: unknown[]) => unknown {
  let overloads: Op[] | undefined;
  return (...given) => {
    overloads ??= fullNames.map(findOp);
    const last = given.at(-1);
    const keywords = isKeywords(last) ? last : undefined;
    const positional = keywords ? given.slice(0, -1) : given;
    for (const op of overloads) {
      const args = arrange(op, positional, keywords);
      if (args) return callOp(op, args);
    }
    throw new TorchError('TORCH_NO_OVERLOAD', `${name}: no overload takes (${given.map(show).join(', ')})`);
  };
}
