import { arrayOf, type DType, type TypedArray } from '../dtype.ts';
import { shareArray } from '../from-data.ts';
import { Tensor } from '../tensor.ts';

/** A batch with every tensor in it replaced by what `change` gives for it. */
export function mapTensors(batch: unknown, change: (tensor: Tensor) => unknown): unknown {
  if (batch instanceof Tensor) return change(batch);
  if (Array.isArray(batch)) return batch.map((part) => mapTensors(part, change));
  if (typeof batch !== 'object' || batch === null || Object.getPrototypeOf(batch) !== Object.prototype)
    return batch;
  return Object.fromEntries(Object.entries(batch).map(([key, part]) => [key, mapTensors(part, change)]));
}

const MARK = 'tensor of a batch';

/** A tensor on its way between threads: it cannot go itself. */
interface Packed {
  mark: typeof MARK;
  dtype: DType;
  shape: number[];
  bytes: ArrayBuffer;
}

/** A batch as plain data, and the buffers to hand over with it. */
export function pack(batch: unknown): { packed: unknown; buffers: ArrayBuffer[] } {
  const buffers: ArrayBuffer[] = [];
  const packed = mapTensors(batch, (tensor): Packed => {
    const bytes = tensor.cpu().toArray().buffer as ArrayBuffer;
    buffers.push(bytes);
    return { mark: MARK, dtype: tensor.dtype, shape: tensor.shape, bytes };
  });
  return { packed, buffers };
}

const isPacked = (value: object): value is Packed => (value as Packed).mark === MARK;

/** The batch that {@link pack} made plain; its tensors lie in the buffers that came, without a copy. */
export function unpack(packed: unknown): unknown {
  if (Array.isArray(packed)) return packed.map(unpack);
  if (typeof packed !== 'object' || packed === null || Object.getPrototypeOf(packed) !== Object.prototype)
    return packed;
  if (!isPacked(packed))
    return Object.fromEntries(Object.entries(packed).map(([key, part]) => [key, unpack(part)]));
  const { dtype, shape, bytes } = packed;
  return shareArray(new arrayOf[dtype](bytes) as TypedArray, shape, { dtype });
}
