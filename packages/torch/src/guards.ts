import { TorchError } from './error.ts';
import { Tensor } from './tensor.ts';

/** What is wrong with the arguments of one operator, or null. */
type Guard = (args: readonly unknown[]) => string | null;

const tensorAt = (args: readonly unknown[], i: number) => {
  const value = args[i];
  return value instanceof Tensor && !value.isDisposed ? value : null;
};

const numberOf = (value: unknown) => (typeof value === 'number' ? value : Number.NaN);
const lengthOf = (value: unknown) => (Array.isArray(value) ? value.length : 0);
const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0;

/** The first argument must not be an empty list. */
const someFirst: Guard = ([list]) => (isEmptyList(list) ? 'the list is empty' : null);

/** Every tensor given must have elements. */
const elements: Guard = (args) =>
  args.flat().some((value) => value instanceof Tensor && !value.isDisposed && value.numel === 0)
    ? 'a tensor is empty'
    : null;

/** Arguments in these places, numbers or lists of them, must be above 0; one that is left out is. */
const positive =
  (...places: number[]): Guard =>
  (args) =>
    places.some((i) => [args[i] ?? 1].flat().some((value) => typeof value === 'number' && value < 1))
      ? 'sizes and strides must be at least 1'
      : null;

/** Part of another operator, which has checked the arguments already: by itself it reads and writes anywhere. */
const inner: Guard = () => "libtorch's own operators alone may call it: it does not check its arguments";

/**
 * Operators of libtorch 1.13 that end the process where their arguments are wrong, by name without overload, and what
 * is looked at before they are called. The fuzz test over all operators finds them.
 */
const guards: Record<string, Guard> = {
  _adaptive_avg_pool2d_backward: inner,
  _compute_linear_combination: inner,
  _fft_c2r: inner,
  _fft_r2c: inner,
  _histogramdd_bin_edges: inner,
  _convert_indices_from_coo_to_csr: inner,
  _histogramdd_from_bin_cts: inner,
  _histogramdd_from_bin_tensors: inner,
  _local_scalar_dense: elements,
  _new_zeros_with_same_feature_meta: inner,
  _remove_batch_dim: inner,
  _slow_conv2d_forward: positive(2, 4),
  _slow_conv2d_backward: positive(3, 4),
  _sobol_engine_initialize_state_: inner,
  _stack: someFirst,
  _symeig_helper: inner,
  _thnn_differentiable_gru_cell_backward: inner,
  _thnn_differentiable_lstm_cell_backward: inner,
  _transform_bias_rescale_qkv: positive(2),
  _weight_norm: elements,
  _weight_norm_interface: elements,
  _weight_norm_interface_backward: elements,
  align_tensors: someFirst,
  align_to: ([, names, place]) =>
    place === undefined || (numberOf(place) >= 0 && numberOf(place) <= lengthOf(names))
      ? null
      : 'a place among the names was expected',
  batch_norm_update_stats: elements,
  // Takes steps of (1 − ratio) until it arrives: with other numbers never.
  choose_qparams_optimized: ([, , bins, ratio]) =>
    numberOf(bins) >= 1 && numberOf(ratio) >= 0 && numberOf(ratio) <= 1
      ? null
      : 'bins of at least 1 and a ratio from 0 to 1 were expected',
  histogramdd: (args) =>
    Array.isArray(args[1]) && args[1].length !== (tensorAt(args, 0)?.shape.at(-1) ?? args[1].length)
      ? 'bins for each of the last dimension were expected'
      : null,
  matrix_exp_backward: (args) => ((tensorAt(args, 0)?.ndim ?? 2) < 2 ? 'a matrix was expected' : null),
  native_channel_shuffle: (args) => {
    const channels = tensorAt(args, 0)?.shape[1] ?? 1;
    const isDivisor = Number(args[1]) >= 1 && channels % Number(args[1]) === 0;
    return elements(args) ?? (isDivisor ? null : 'groups that divide the channels were expected');
  },
  quantized_lstm_cell: (args) => (Array.isArray(args[1]) && args[1].length < 2 ? 'hx has two parts' : null),
  slow_conv3d: positive(2, 4),
  slow_conv3d_forward: positive(2, 4),
};

/** The guard of an operator by its full name (`aten::add.Tensor`), if it has one. */
export const guardOf = (fullName: string): Guard | undefined => {
  const name = fullName.replace(/^aten::/, '').split('.')[0]!;
  return Object.hasOwn(guards, name) ? guards[name] : undefined;
};

/** @throws TorchError TORCH_BAD_ARGUMENT with the guard's reason */
export function checkArguments(name: string, guard: Guard, args: readonly unknown[]): void {
  const reason = guard(args);
  if (reason !== null) throw new TorchError('TORCH_BAD_ARGUMENT', `${name}: ${reason}`);
}
