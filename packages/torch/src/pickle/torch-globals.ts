import { type AllowList, allow, badArguments, builtinGlobals, numpyGlobals } from '@semblance/core/pickle';
import { TorchError } from '../error.ts';
import { StorageKind, StoredTensor, TorchStorage } from './stored-tensor.ts';

/** Storage classes of torch and the numbers they hold; a kind that no tensor here can hold is refused by its name. */
const storageKinds: Record<string, StorageKind> = {
  DoubleStorage: new StorageKind('float64', 8),
  FloatStorage: new StorageKind('float32', 4),
  HalfStorage: new StorageKind('float16', 2),
  BFloat16Storage: new StorageKind('bfloat16', 2),
  LongStorage: new StorageKind('int64', 8),
  IntStorage: new StorageKind('int32', 4),
  ShortStorage: new StorageKind('int16', 2),
  CharStorage: new StorageKind('int8', 1),
  ByteStorage: new StorageKind('uint8', 1),
  BoolStorage: new StorageKind('bool', 1),
};

const dtypeNames: Record<string, string> = {
  ...{
    float64: 'float64',
    double: 'float64',
    float32: 'float32',
    float: 'float32',
    float16: 'float16',
    half: 'float16',
  },
  ...{ bfloat16: 'bfloat16', int64: 'int64', long: 'int64', int32: 'int32', int: 'int32', int16: 'int16' },
  ...{ short: 'int16', int8: 'int8', uint8: 'uint8', bool: 'bool' },
};

/**
 * What a torch file may name: tensors, parameters, storages, sizes, devices, dtypes, numpy's arrays, and Python's containers.
 *
 * @param adopt called with every tensor as it is rebuilt
 */
export function torchGlobals(adopt: (tensor: StoredTensor) => void): AllowList {
  const rebuild = (name: string, args: unknown[]): StoredTensor => {
    const tensor = rebuildTensor(name, args);
    adopt(tensor);
    return tensor;
  };
  const sizes = ([list]: unknown[]) => (Array.isArray(list) ? list : []);
  return new Map<string, unknown>([
    ...builtinGlobals,
    ...numpyGlobals,
    ...Object.entries(storageKinds).flatMap(([name, kind]) => [
      [`torch ${name}`, kind] as const,
      [`torch.cuda ${name}`, kind] as const,
    ]),
    ...Object.entries(dtypeNames).map(([name, dtype]) => [`torch ${name}`, dtype] as const),
    ...allow({
      'torch._utils _rebuild_tensor': (args) => rebuild('_rebuild_tensor', args),
      'torch._utils _rebuild_tensor_v2': (args) => rebuild('_rebuild_tensor_v2', args),
      'torch._utils _rebuild_parameter': ([data, requiresGrad]) => asParameter(data, requiresGrad),
      'torch.nn.parameter Parameter': ([data, requiresGrad]) => asParameter(data, requiresGrad ?? true),
      'torch Size': sizes,
      'torch device': ([type, index]) => (index === undefined ? String(type) : `${type}:${index}`),
    }),
  ]);
}

// (storage, offset, size, stride, requires_grad, backward_hooks, metadata); the older form stops after stride.
function rebuildTensor(
  name: string,
  [storage, offset, shape, strides, requiresGrad]: unknown[],
): StoredTensor {
  const isSound =
    storage instanceof TorchStorage &&
    isCount(offset) &&
    isCounts(shape) &&
    isCounts(strides) &&
    shape.length === strides.length;
  if (!isSound) throw badArguments(name);
  return new StoredTensor(storage, { shape, strides, offset, requiresGrad: requiresGrad === true });
}

function asParameter(tensor: unknown, requiresGrad: unknown): StoredTensor {
  if (!(tensor instanceof StoredTensor)) throw badArguments('_rebuild_parameter');
  return tensor.withGrad(requiresGrad === true);
}

const MAX_DIMENSIONS = 64;

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isCounts = (value: unknown): value is number[] =>
  Array.isArray(value) && value.length <= MAX_DIMENSIONS && value.every(isCount);

/**
 * The storage that a persistent id stands for: `('storage', kind, key, location, numel, view)`. The same key gives the
 * same storage.
 *
 * @throws TorchError PICKLE_INVALID, TORCH_FILE_UNSUPPORTED where the file holds a whole module with its source
 */
export function storageOfId(id: unknown, storages: Map<string, TorchStorage>): TorchStorage {
  if (Array.isArray(id) && id[0] === 'module') {
    throw new TorchError(
      'TORCH_FILE_UNSUPPORTED',
      'the file holds a module with its source; save its state_dict()',
    );
  }
  if (!Array.isArray(id) || id[0] !== 'storage') throw badArguments('persistent_load');
  const [, kind, key, , numel, view] = id;
  if (!(kind instanceof StorageKind) || typeof key !== 'string' || !isCount(numel))
    throw badArguments('storage');
  let root = storages.get(key);
  if (!root) storages.set(key, (root = new TorchStorage(kind, key, numel)));
  if (root.kind !== kind) throw new TorchError('PICKLE_INVALID', `the storage ${key} has two dtypes`);
  if (view === undefined || view === null) return root;
  // Files of torch before 1.0: a storage that is a part of another one.
  if (!Array.isArray(view) || !isCount(view[1]) || !isCount(view[2])) throw badArguments('storage');
  return root.slice(view[1], view[2]);
}
