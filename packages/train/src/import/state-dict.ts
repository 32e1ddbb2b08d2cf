import { type nn, Tensor } from '@semblance/torch';
import { loadTorchFile } from '@semblance/torch/pickle';
import { SemblanceError } from '../error.ts';

/** Names under which training scripts wrap the state dict they save. */
const wrappers = ['state_dict', 'model_state_dict', 'model', 'net', 'backbone'];

/**
 * The state dict in a torch file: the file's own dict of tensors, or one level down under a usual name.
 *
 * Prefixes that a parallel wrapper leaves (`module.`) are taken off. Nothing in the file is executed.
 *
 * @throws PATH_NOT_FOUND; MODEL_INVALID where the file cannot be read or holds no tensors by name
 */
export function readStateDict(file: string): Map<string, Tensor> {
  const content = readFile(file);
  const state =
    asState(content) ?? wrappers.map((name) => asState(asMap(content)?.get(name))).find((found) => found);
  if (!state) {
    const keys = asMap(content) ? [...asMap(content)!.keys()].slice(0, 8).join(', ') : typeof content;
    throw new SemblanceError(
      'MODEL_INVALID',
      `${file} has no state dict: expected tensors by name but found ${keys}`,
    );
  }
  return new Map([...state].map(([key, tensor]) => [key.replace(/^module\./, ''), tensor]));
}

function readFile(file: string): unknown {
  try {
    return loadTorchFile(file);
  } catch (cause) {
    const { code, message } = cause as { code?: string; message: string };
    if (code === 'FILE_NOT_FOUND')
      throw new SemblanceError('PATH_NOT_FOUND', `no such file: ${file}`, { cause });
    throw new SemblanceError('MODEL_INVALID', `${file} cannot be read as torch weights: ${message}`, {
      cause,
    });
  }
}

function asMap(value: unknown): Map<string, unknown> | undefined {
  return value instanceof Map ? (value as Map<string, unknown>) : undefined;
}

function asState(value: unknown): Map<string, Tensor> | undefined {
  const map = asMap(value);
  if (!map || map.size === 0) return undefined;
  const isState = [...map].every(([key, item]) => typeof key === 'string' && item instanceof Tensor);
  return isState ? (map as Map<string, Tensor>) : undefined;
}

/** How a state dict differs from what a network takes; empty lists where it fits. */
export interface StateDifference {
  missing: string[];
  unexpected: string[];
  /** `name: [shape in the file], expected [shape]` */
  shapes: string[];
}

/** Counters of batch norm are left out: old files do not have them and nothing is computed with them. */
export function compareState(network: nn.Module, state: ReadonlyMap<string, Tensor>): StateDifference {
  const own = network.stateDict();
  const counts = (name: string) => !name.endsWith('num_batches_tracked');
  return {
    missing: [...own.keys()].filter((name) => counts(name) && !state.has(name)),
    unexpected: [...state.keys()].filter((name) => counts(name) && !own.has(name)),
    shapes: [...state].flatMap(([name, tensor]) => {
      const expected = own.get(name);
      if (!expected || !counts(name) || String(expected.shape) === String(tensor.shape)) return [];
      return [`${name}: [${tensor.shape}], expected [${expected.shape}]`];
    }),
  };
}

/**
 * Gives the network the weights, all of them and no others.
 *
 * @throws MODEL_DIALECT_MISMATCH saying what is missing, left over or of another shape
 */
export function loadStrictly(network: nn.Module, state: ReadonlyMap<string, Tensor>, dialect: string): void {
  const { missing, unexpected, shapes } = compareState(network, state);
  const parts = [
    ...listed('it lacks', missing),
    ...listed('it has besides', unexpected),
    ...listed('shapes differ:', shapes),
  ];
  if (parts.length > 0) {
    const message = `the weights are not those of the dialect ${dialect}: ${parts.join('; ')}`;
    throw new SemblanceError('MODEL_DIALECT_MISMATCH', message, { details: { missing, unexpected, shapes } });
  }
  network.loadStateDict(state, { strict: false });
}

function listed(title: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const rest = names.length > 4 ? ` and ${names.length - 4} more` : '';
  return [`${title} ${names.slice(0, 4).join(', ')}${rest}`];
}
