import { asTorchError, TorchError } from './error.ts';
import { Generator } from './generator.ts';
import { checkArguments, guardOf } from './guards.ts';
import { type ArgInfo, type KindInfo, native, type OpInfo } from './native.ts';
import { isKeywords, refuse } from './refusal.ts';
import { Tensor } from './tensor.ts';

/** One overload of an operator, ready to be called. */
export interface Op extends OpInfo {
  id: number;
  /** Looks at the arguments where libtorch does not. */
  guard: ReturnType<typeof guardOf>;
}

/** Sees every operator call while it is installed; tracing and profiling are interceptors. */
export interface Interceptor {
  before?(op: Op, args: unknown[]): void;
  /** `args` are positional in the schema's order, defaults filled in; `outputs` are the tensors returned. */
  after(opName: string, args: unknown[], outputs: Tensor[], op: Op): void;
}

let interceptors: Interceptor[] = [];

/**
 * Runs `fn` with an interceptor, which sees every call of an operator: tracing and profiling are such.
 *
 * @example
 * ```ts
 * import { ones, withInterceptor } from '@semblance/torch';
 *
 * const calls: string[] = [];
 * withInterceptor({ after: (name) => void calls.push(name) }, () => ones([2]).add(1).sum());
 * console.log(calls); // […aten::add…aten::sum…]
 * ```
 */
export function withInterceptor<T>(interceptor: Interceptor, fn: () => T): T {
  interceptors = [...interceptors, interceptor];
  try {
    return fn();
  } finally {
    interceptors = interceptors.filter((i) => i !== interceptor);
  }
}

/** An operator call that is to be made by somebody else: see `run`. */
export interface DivertedCall {
  op: Op;
  args: unknown[];
}

let divert: ((call: DivertedCall) => unknown) | undefined;

/** Runs `fn`, handing every operator call to `receive` in place of making it. */
export function withDiversion<T>(receive: (call: DivertedCall) => unknown, fn: () => T): T {
  if (interceptors.length > 0 || divert)
    throw new TorchError('TORCH_BAD_ARGUMENT', 'run() cannot be used inside run(), a profile or a trace');
  divert = receive;
  try {
    return fn();
  } finally {
    divert = undefined;
  }
}

function toNative(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Tensor) return Tensor.handleOf(value);
  if (Array.isArray(value))
    return value.some((v) => v instanceof Tensor)
      ? value.map((v) => (v instanceof Tensor ? Tensor.handleOf(v) : v))
      : value;
  return value instanceof Generator ? Generator.indexOf(value) : value;
}

function wrapResult(value: unknown, kind: KindInfo & { aliasOf: number }, args: unknown[]): unknown {
  if (kind.base !== 'Tensor') return value;
  if (kind.list) return (value as number[]).map((handle) => Tensor.wrap(handle));
  if ((value as number) < 0) return args[-1 - (value as number)];
  return value === 0 || value === null ? null : Tensor.wrap(value as number);
}

function wrapResults({ returns }: Op, result: unknown, args: unknown[]): unknown {
  if (returns.length === 0) return undefined;
  if (returns.length === 1) return wrapResult(result, returns[0]!, args);
  return (result as unknown[]).map((value, i) => wrapResult(value, returns[i]!, args));
}

/** As {@link callOp}, in another thread. */
export async function callOpInBackground({ op, args }: DivertedCall): Promise<unknown> {
  try {
    return wrapResults(op, await native.callInBackground(op.id, ...args.map(toNative)), args);
  } catch (error) {
    throw asTorchError(error);
  }
}

/**
 * Calls one overload with positional arguments in its schema's order (undefined, or none at the end, where the
 * default is meant).
 *
 * @throws TorchError TORCH_OP_FAILED naming the operator and the shapes, TENSOR_DISPOSED, TORCH_BAD_ARGUMENT
 */
export function callOp(op: Op, args: unknown[]): unknown {
  if (op.guard) checkArguments(op.name, op.guard, args);
  if (divert) return divert({ op, args });
  for (const interceptor of interceptors) interceptor.before?.(op, args);
  let result: unknown;
  try {
    // By number of arguments, as the engine of JavaScript likes it best.
    switch (args.length) {
      case 1:
        result = native.call(op.id, toNative(args[0]));
        break;
      case 2:
        result = native.call(op.id, toNative(args[0]), toNative(args[1]));
        break;
      case 3:
        result = native.call(op.id, toNative(args[0]), toNative(args[1]), toNative(args[2]));
        break;
      default:
        result = native.call(op.id, ...args.map(toNative));
    }
  } catch (error) {
    throw asTorchError(error);
  }
  const out = wrapResults(op, result, args);
  if (interceptors.length > 0) {
    const filled = op.args.map((arg, i) => (args[i] === undefined ? arg.default : args[i]));
    const outputs = [out].flat().filter((value): value is Tensor => value instanceof Tensor);
    for (const interceptor of interceptors) interceptor.after(op.name, filled, outputs, op);
  }
  return out;
}

const known = new Map<string, Op>();

/**
 * The overload of that full name, e.g. `aten::add.Tensor`. @throws TorchError TORCH_UNKNOWN_OP
 *
 * @example
 * ```ts
 * import { findOp } from '@semblance/torch';
 *
 * console.log(findOp('aten::add.Tensor').name); // aten::add.Tensor
 * ```
 */
export function findOp(fullName: string): Op {
  const found = known.get(fullName);
  if (found) return found;
  const dot = fullName.indexOf('.');
  const id =
    dot < 0 ? native.findOp(fullName, '') : native.findOp(fullName.slice(0, dot), fullName.slice(dot + 1));
  if (id < 0) throw new TorchError('TORCH_UNKNOWN_OP', `${fullName}: this libtorch has no such operator`);
  const op: Op = { ...native.opInfo(id), id, guard: guardOf(fullName) };
  known.set(fullName, op);
  return op;
}

function acceptsOne(kind: KindInfo, value: unknown): boolean {
  // A dtype, memory format or layout: a name, never a number.
  if (kind.enumeration) return typeof value === 'string';
  switch (kind.base) {
    case 'Tensor':
      return value instanceof Tensor;
    case 'int':
      return typeof value === 'number' ? Number.isSafeInteger(value) : typeof value === 'bigint';
    case 'float':
      return typeof value === 'number';
    case 'Scalar':
      return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean';
    case 'bool':
      return typeof value === 'boolean';
    case 'str':
    case 'Device':
      return typeof value === 'string';
    case 'Generator':
      return value instanceof Generator;
    default:
      return false;
  }
}

const mayBeLeftOut = ({ hasDefault, kind }: ArgInfo) =>
  hasDefault || kind.optional || kind.base === 'Generator';

function accepts(arg: ArgInfo, value: unknown): boolean {
  const { kind } = arg;
  if (value === undefined) return mayBeLeftOut(arg);
  if (value === null) return kind.optional || kind.base === 'Generator';
  if (!kind.list) return acceptsOne(kind, value);
  if (!Array.isArray(value))
    return kind.broadcast && (kind.base === 'int' || kind.base === 'float') && acceptsOne(kind, value);
  return value.every((v) => (v === null ? kind.optionalElements : acceptsOne(kind, v)));
}

/** An overload and what choosing among overloads asks of it again and again. */
interface Candidate {
  op: Op;
  numPositional: number;
  /** Arguments up to the last that must be given. */
  numRequired: number;
  names: Set<string>;
}

function candidate(fullName: string): Candidate {
  const op = findOp(fullName);
  const firstKeyword = op.args.findIndex((arg) => arg.kwargOnly);
  return {
    op,
    numPositional: firstKeyword < 0 ? op.args.length : firstKeyword,
    numRequired: op.args.findLastIndex((arg) => !mayBeLeftOut(arg)) + 1,
    names: new Set(op.args.map((arg) => arg.name)),
  };
}

/** The arguments in the schema's order, or undefined where this overload cannot take them. */
function arrange(
  { op, numPositional, numRequired, names }: Candidate,
  positional: unknown[],
  keywords: Record<string, unknown> | undefined,
): unknown[] | undefined {
  const { args } = op;
  if (positional.length > numPositional) return undefined;
  for (let i = 0; i < positional.length; i++) if (!accepts(args[i]!, positional[i])) return undefined;
  if (!keywords) return positional.length >= numRequired ? positional : undefined;
  for (const name in keywords) if (!names.has(name)) return undefined;
  const out = positional.slice();
  for (let i = positional.length; i < args.length; i++) {
    const value = keywords[args[i]!.name];
    if (!accepts(args[i]!, value)) return undefined;
    out.push(value);
  }
  return out;
}

/**
 * A function over all overloads of one operator: it takes the first whose schema fits the arguments. A plain
 * object in last place holds keyword arguments.
 */
export function overloaded(name: string, fullNames: readonly string[]): (...args: unknown[]) => unknown {
  let candidates: Candidate[] | undefined;
  return (...given) => {
    candidates ??= fullNames.map(candidate);
    const last = given[given.length - 1];
    const keywords = isKeywords(last) ? last : undefined;
    const positional = keywords ? given.slice(0, -1) : given;
    for (const one of candidates) {
      const args = arrange(one, positional, keywords);
      if (args) return callOp(one.op, args);
    }
    return refuse(
      name,
      given,
      candidates.map(({ op }) => op),
    );
  };
}
