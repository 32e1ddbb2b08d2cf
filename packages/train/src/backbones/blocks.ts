import { nn, ops, type Tensor } from '@semblance/torch';

// Layers that several networks share. Property and index names are those of the published state dicts.

type Norm = nn.BatchNorm2d | nn.BatchNorm1d;

/** Modules one after another, where a batch norm and the activation behind it run as one operator in training. */
export class FusedSequential extends nn.Sequential {
  private readonly steps: (nn.Module | [Norm, nn.SlopedActivation])[] = [];

  constructor(...modules: nn.Module[]) {
    super(...modules);
    for (let i = 0; i < modules.length; i++) {
      const module = modules[i]!;
      const next = modules[i + 1];
      if (isNorm(module) && isSloped(next)) {
        this.steps.push([module, next]);
        i++;
      } else {
        this.steps.push(module);
      }
    }
  }

  override forward(x: Tensor): Tensor {
    for (const step of this.steps) {
      x = Array.isArray(step) ? nn.normActivation(step[0], step[1], x) : step.forward(x);
    }
    return x;
  }
}

/** Whether a module is a batch norm of maps or of rows. */
export function isNorm(module: nn.Module | undefined): module is Norm {
  return module instanceof nn.BatchNorm2d || module instanceof nn.BatchNorm1d;
}

function isSloped(module: nn.Module | undefined): module is nn.SlopedActivation {
  return module instanceof nn.PReLU || module instanceof nn.LeakyReLU || module instanceof nn.ReLU;
}

/** 3×3 convolution, batch norm, (leaky) ReLU; slope 0 is plain ReLU. */
export function convBn(
  inChannels: number,
  outChannels: number,
  stride: number,
  slope: number,
): nn.Sequential {
  return new FusedSequential(
    new nn.Conv2d(inChannels, outChannels, 3, { stride, padding: 1, bias: false }),
    new nn.BatchNorm2d(outChannels),
    leakyRelu(slope),
  );
}

/** 3×3 convolution and batch norm. */
export function convBnLinear(inChannels: number, outChannels: number): nn.Sequential {
  return new FusedSequential(
    new nn.Conv2d(inChannels, outChannels, 3, { padding: 1, bias: false }),
    new nn.BatchNorm2d(outChannels),
  );
}

/** 1×1 convolution, batch norm, (leaky) ReLU. */
export function convBn1x1(inChannels: number, outChannels: number, slope: number): nn.Sequential {
  return new FusedSequential(
    new nn.Conv2d(inChannels, outChannels, 1, { bias: false }),
    new nn.BatchNorm2d(outChannels),
    leakyRelu(slope),
  );
}

/** Depthwise 3×3 and pointwise 1×1 convolution, each with batch norm and (leaky) ReLU. */
export function convDepthwise(
  inChannels: number,
  outChannels: number,
  stride: number,
  slope: number,
): nn.Sequential {
  return new FusedSequential(
    new nn.Conv2d(inChannels, inChannels, 3, { stride, padding: 1, groups: inChannels, bias: false }),
    new nn.BatchNorm2d(inChannels),
    leakyRelu(slope),
    new nn.Conv2d(inChannels, outChannels, 1, { bias: false }),
    new nn.BatchNorm2d(outChannels),
    leakyRelu(slope),
  );
}

export function leakyRelu(slope: number): nn.Module {
  return slope === 0 ? new nn.ReLU() : new nn.LeakyReLU(slope);
}

/** min(max(x, 0), 6). */
export class ReLU6 extends nn.Module {
  forward(x: Tensor): Tensor {
    // The same values; the gradient of hardtanh takes a third of the time of clamp's, clamp is what ONNX has.
    return this.training ? ops.hardtanh(x, 0, 6) : ops.clamp(x, 0, 6);
  }
}

/** A channel count scaled by a width factor, kept a multiple of 8. */
export function scaleChannels(channels: number, width: number): number {
  return Math.max(8, Math.round((channels * width) / 8) * 8);
}

/** Draws every convolution's and linear layer's weights by `draw`; biases become 0. */
export function initWeights(network: nn.Module, draw: (weight: Tensor) => void): void {
  for (const [, module] of network.namedModules()) {
    if (!(module instanceof nn.Conv2d || module instanceof nn.Linear)) continue;
    draw(module.weight.value);
    if (module.bias) nn.init.constant(module.bias.value, 0);
  }
}
