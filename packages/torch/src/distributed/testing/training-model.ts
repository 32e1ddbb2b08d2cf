import * as torch from '../../index.ts';

const { nn, ops } = torch;

// N batch, D embedding, K classes
export const BATCH = 12;
export const EMBEDDING = 6;
export const CLASSES = 11;
export const STEPS = 3;

/** A network with every kind of parameter that has a gradient, and one that takes part in odd steps only. */
export class Network extends nn.Module {
  conv = new nn.Conv2d(3, 4, 3, { padding: 1, bias: false });
  norm = new nn.BatchNorm2d(4);
  act = new nn.PReLU(4);
  fc = new nn.Linear(4 * 5 * 5, EMBEDDING);
  extra = new nn.Linear(EMBEDDING, EMBEDDING);

  forward(x_NCHW: torch.Tensor, isOdd: boolean): torch.Tensor {
    const map = nn.normActivation(this.norm, this.act, this.conv.forward(x_NCHW));
    const emb_ND = this.fc.forward(ops.flatten(map, 1));
    return isOdd ? emb_ND.add(this.extra.forward(emb_ND)) : emb_ND;
  }
}

/** The same network wherever it is called, in channels-last order. */
export function network(): Network {
  torch.manualSeed(7);
  return new Network().to({ memoryFormat: 'channels_last' });
}

/** The whole batch of a step. */
export function batch(step: number): { images: torch.Tensor; labels: torch.Tensor } {
  torch.manualSeed(100 + step);
  return {
    images: torch.randn([BATCH, 3, 5, 5]).to('cpu', 'float32', false, true, 'channels_last'),
    labels: torch.rand([BATCH]).mul(CLASSES).floor().to('int64'),
  };
}

export function headWeight(): torch.Tensor {
  torch.manualSeed(9);
  return torch.randn([CLASSES, EMBEDDING]).mul(0.3);
}

/** CosFace on the cosines of the rows' own classes. */
export const SCALE = 16;
export const margin = (cos: torch.Tensor): torch.Tensor => cos.sub(0.2);

export const numbers = (tensor: torch.Tensor) => [...(tensor.detach().toArray() as Float32Array)];

export function state(module: torch.nn.Module): Record<string, number[]> {
  return Object.fromEntries(
    [...module.stateDict()].map(([name, tensor]) => [name, [...tensor.toArray()].map(Number)]),
  );
}

export function gradients(module: torch.nn.Module): Record<string, number[] | null> {
  return Object.fromEntries(
    [...module.namedParameters()].map(([name, { value }]) => [name, value.grad && numbers(value.grad)]),
  );
}
