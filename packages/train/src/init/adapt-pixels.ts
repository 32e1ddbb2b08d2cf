import type { Manifest } from '@semblance/face/models';
import { fromArray, nn, scope } from '@semblance/torch';
import { SemblanceError } from '../error.ts';

/** How pixels from 0 to 255 become a network's input: (x − mean) / std by channel. */
export type Pixels = Pick<Manifest['input'], 'channels' | 'mean' | 'std'>;

/**
 * Makes a network that was trained on other pixels compute the same from those that this training gives: its first
 * convolution takes up order and scale of the channels, and the batch norm behind it their offset.
 *
 * Exact but for the outermost pixels, where the padding of a convolution stands for the mean.
 *
 * @param from what its weights are for
 * @param to what it will be given
 * @returns whether anything had to change
 * @throws SemblanceError MODEL_DIALECT_MISMATCH where it does not begin with a convolution of three channels
 */
export function adaptPixels(network: nn.Module, from: Pixels, to: Pixels): boolean {
  const isSame = (['mean', 'std'] as const).every((key) =>
    from[key].every((value, i) => Math.abs(value - to[key][i]!) < 1e-3),
  );
  if (isSame && from.channels === to.channels) return false;
  const { path, weight, bias, offsetPath, offset } = firstLayer(network);
  const [numOut, , height, width] = weight.shape as [number, number, number, number];
  const size = height * width;
  const old = weight.toArray() as Float32Array;
  const moved = new Float32Array(old.length);
  const shift = new Float32Array(numOut);
  for (let channel = 0; channel < 3; channel++) {
    // the channel of the old input that has this colour
    const before = from.channels === to.channels ? channel : 2 - channel;
    const scale = to.std[channel]! / from.std[before]!;
    const offset = (to.mean[channel]! - from.mean[before]!) / from.std[before]!;
    for (let k = 0; k < numOut; k++) {
      for (let i = 0; i < size; i++) {
        const value = old[(k * 3 + before) * size + i]!;
        moved[(k * 3 + channel) * size + i] = value * scale;
        shift[k]! += value * offset;
      }
    }
  }
  using _ = scope();
  // a bias is added, a running mean taken off
  const values = (offset.toArray() as Float32Array).map(
    (value, k) => value + (bias ? shift[k]! : -shift[k]!),
  );
  const state = new Map([
    [`${path}.weight`, fromArray(moved, [...weight.shape])],
    [offsetPath, fromArray(values, [numOut])],
  ]);
  network.loadStateDict(state, { strict: false });
  return true;
}

function firstLayer(network: nn.Module) {
  const modules = [...network.namedModules()];
  const at = modules.findIndex(
    ([, module]) => module instanceof nn.Conv2d && module.weight.value.shape[1] === 3,
  );
  const [path, conv] = (modules[at] ?? []) as [string, nn.Conv2d] | [];
  const next = modules.slice(at + 1).find(([, module]) => module instanceof nn.BatchNorm2d);
  if (!conv || !(conv.bias || next))
    throw new SemblanceError(
      'MODEL_DIALECT_MISMATCH',
      'the weights are for other pixels than this training gives, and the network does not begin with a convolution that could take that up',
    );
  const weight = conv.weight.value;
  if (conv.bias) return { path, weight, bias: true, offsetPath: `${path}.bias`, offset: conv.bias.value };
  const [normPath, norm] = next as [string, nn.BatchNorm2d];
  const offset = norm.running_mean.value;
  return { path, weight, bias: false, offsetPath: `${normPath}.running_mean`, offset };
}
