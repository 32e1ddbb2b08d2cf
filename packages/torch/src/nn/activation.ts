import { full } from '../create.ts';
import { ops } from '../ops.ts';
import { scope } from '../scope.ts';
import type { Tensor } from '../tensor.ts';
import { Module, Parameter } from './module.ts';

/** max(x, 0) + a·min(x, 0) with a learned slope for each channel (He et al. 2015). */
export class PReLU extends Module {
  weight: Parameter;

  constructor(numParameters = 1, initial = 0.25) {
    super();
    using _ = scope();
    this.weight = new Parameter(full([numParameters], initial));
  }

  forward(x: Tensor): Tensor {
    return ops.prelu(x, this.weight.value);
  }
}

export class ReLU extends Module {
  forward(x: Tensor): Tensor {
    return ops.relu(x);
  }
}

/** max(x, 0) + slope·min(x, 0). */
export class LeakyReLU extends Module {
  readonly negativeSlope: number;

  constructor(negativeSlope = 0.01) {
    super();
    this.negativeSlope = negativeSlope;
  }

  forward(x: Tensor): Tensor {
    return ops.leaky_relu(x, this.negativeSlope);
  }
}

/** x·Φ(x), Φ the normal distribution function (Hendrycks and Gimpel 2016); 'tanh' computes an approximation. */
export class GELU extends Module {
  readonly approximate: 'none' | 'tanh';

  constructor(options: { approximate?: 'none' | 'tanh' } = {}) {
    super();
    this.approximate = options.approximate ?? 'none';
  }

  forward(x: Tensor): Tensor {
    return ops.gelu(x, { approximate: this.approximate });
  }
}

/** x·σ(x), also called swish. */
export class SiLU extends Module {
  forward(x: Tensor): Tensor {
    return ops.silu(x);
  }
}

/** σ(x) = 1 / (1 + e^−x). */
export class Sigmoid extends Module {
  forward(x: Tensor): Tensor {
    return ops.sigmoid(x);
  }
}

export class Tanh extends Module {
  forward(x: Tensor): Tensor {
    return ops.tanh(x);
  }
}

/** x for x > 0, else α·(e^x − 1). */
export class ELU extends Module {
  readonly alpha: number;

  constructor(alpha = 1) {
    super();
    this.alpha = alpha;
  }

  forward(x: Tensor): Tensor {
    return ops.elu(x, this.alpha);
  }
}

/** log(1 + e^x). */
export class Softplus extends Module {
  forward(x: Tensor): Tensor {
    return ops.softplus(x);
  }
}

/** e^x / Σ e^x along a dimension. */
export class Softmax extends Module {
  readonly dim: number;

  constructor(dim: number) {
    super();
    this.dim = dim;
  }

  forward(x: Tensor): Tensor {
    return ops.softmax(x, this.dim);
  }
}

/** The logarithm of {@link Softmax}, computed without overflow. */
export class LogSoftmax extends Module {
  readonly dim: number;

  constructor(dim: number) {
    super();
    this.dim = dim;
  }

  forward(x: Tensor): Tensor {
    return ops.log_softmax(x, this.dim);
  }
}
