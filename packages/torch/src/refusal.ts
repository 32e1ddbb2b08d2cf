import { TorchError } from './error.ts';
import { Generator } from './generator.ts';
import type { OpInfo } from './native.ts';
import { Tensor } from './tensor.ts';

/** Whether an argument is a plain object: keyword arguments, in last place. */
export function isKeywords(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** A Tensor that was sent to another thread arrives as a plain object: its memory stayed behind. */
const isForeignTensor = (value: unknown): boolean =>
  isKeywords(value) && 'handle' in value && 'registered' in value;

const show = (value: unknown): string => {
  if (value instanceof Tensor || value instanceof Generator) return String(value);
  if (isForeignTensor(value)) return 'a Tensor of another thread';
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`;
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'object' && value !== null && !isKeywords(value))
    return value.constructor?.name ?? 'object';
  if (isKeywords(value))
    return `{ ${Object.entries(value)
      .map(([name, v]) => `${name}: ${show(v)}`)
      .join(', ')} }`;
  return JSON.stringify(value) ?? String(value);
};

/** What to do about one argument; `wantsTensor`: some overload takes a tensor there. */
function adviceFor(value: unknown, wantsTensor: boolean): string | undefined {
  if (value instanceof Promise) return 'await the promise first';
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value))
    return `${value} is beyond 2^53: pass a bigint`;
  if (typeof value !== 'object' || value === null || value instanceof Tensor) return undefined;
  if ('value' in value && value.value instanceof Tensor) return `pass the ${value.constructor.name}'s value`;
  return wantsTensor && (ArrayBuffer.isView(value) || Array.isArray(value))
    ? 'tensor(…) makes a tensor of numbers'
    : undefined;
}

/**
 * Refuses arguments that no overload takes, with what to do where that is plain.
 *
 * @throws TorchError TORCH_NO_OVERLOAD, TENSOR_FOREIGN
 */
export function refuse(name: string, given: unknown[], overloads: readonly OpInfo[]): never {
  if (given.flat().some(isForeignTensor))
    throw new TorchError(
      'TENSOR_FOREIGN',
      `${name}: this Tensor was made in another thread: send its toArray() and make a tensor of that`,
    );
  const advice = given.flatMap((value, i) => {
    const kinds = overloads.flatMap(({ args }) => args[i]?.kind ?? []);
    return (
      adviceFor(
        value,
        kinds.some(({ base, list }) => base === 'Tensor' && !list),
      ) ?? []
    );
  });
  const said = `${name}: no overload takes (${given.map(show).join(', ')})`;
  throw new TorchError('TORCH_NO_OVERLOAD', advice.length > 0 ? `${said}: ${advice[0]}` : said);
}
