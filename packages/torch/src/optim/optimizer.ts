import { TorchError } from '../error.ts';
import { noGrad } from '../grad-mode.ts';
import type { Parameter } from '../nn/module.ts';
import { persistent, scope } from '../scope.ts';
import type { Tensor } from '../tensor.ts';
import { checkOption, type Rules, refuse, resolveOptions } from './options.ts';
import { type OptimizerParams, toGroups } from './parameter-groups.ts';

export interface ParamGroup<Options> {
  params: Parameter[];
  options: Options;
}

export interface OptimizerState {
  /** Per-parameter state, keyed `<index of the parameter>.<name>`. */
  tensors: Map<string, Tensor>;
  step: number;
  lrs: number[];
}

/**
 * What optimizers share: groups of parameters with options of their own, state by parameter, learning rates
 * and saving. A subclass says how one group moves.
 */
export abstract class Optimizer<Options extends { lr: number }> {
  readonly groups: ParamGroup<Options>[];
  /** Steps taken. */
  numSteps = 0;
  private readonly state = new Map<string, Tensor>();
  private readonly indexOf = new Map<Parameter, number>();

  private readonly rules: Rules<Options>;

  /** @throws TorchError TORCH_BAD_ARGUMENT saying what is wrong with the parameters or options */
  constructor(params: OptimizerParams<Options>, given: object | undefined, rules: Rules<Options>) {
    const { name } = new.target;
    if (given !== undefined && (typeof given !== 'object' || given === null))
      refuse(name, `Expected options such as { lr: 0.1 } but received ${given}`);
    this.rules = rules;
    this.groups = toGroups(name, params).map((group) => ({
      params: group.params,
      options: resolveOptions(name, rules, { ...given, ...group.options }),
    }));
    for (const group of this.groups)
      for (const parameter of group.params) this.indexOf.set(parameter, this.indexOf.size);
  }

  /** Moves one group by its gradients; runs without autograd, inside a scope. */
  protected abstract update(params: Parameter[], gradients: Tensor[], options: Options): void;

  /** A tensor of state for one parameter, made on first use. */
  protected stateOf(
    parameter: Parameter,
    name: string,
    make: () => Tensor,
  ): { tensor: Tensor; isNew: boolean } {
    const key = `${this.indexOf.get(parameter)}.${name}`;
    const found = this.state.get(key);
    if (found) return { tensor: found, isNew: false };
    const tensor = persistent(make);
    this.state.set(key, tensor);
    return { tensor, isNew: true };
  }

  /** Moves every parameter that has a gradient. */
  step(): void {
    using _ = scope();
    noGrad(() => {
      this.numSteps++;
      for (const { params, options } of this.groups) {
        const pairs = params.flatMap((parameter) => {
          const gradient = parameter.value.requiresGrad ? parameter.value.grad : null;
          return gradient ? [[parameter, gradient] as const] : [];
        });
        if (pairs.length > 0)
          this.update(
            pairs.map(([parameter]) => parameter),
            pairs.map(([, gradient]) => gradient),
            options,
          );
      }
    });
  }

  /** Forgets the gradients. */
  zeroGrad(): void {
    for (const { params } of this.groups) for (const parameter of params) parameter.value.grad = null;
  }

  /**
   * Sets the learning rate of every group.
   *
   * @throws TorchError TORCH_BAD_ARGUMENT for one that is negative or no number
   */
  setLr(lr: number): void {
    checkOption(this.constructor.name, 'lr', this.rules.lr, lr);
    for (const { options } of this.groups) options.lr = lr;
  }

  /** Live state tensors, not copies. */
  stateDict(): OptimizerState {
    return {
      tensors: new Map(this.state),
      step: this.numSteps,
      lrs: this.groups.map(({ options }) => options.lr),
    };
  }

  /** @throws TorchError OPTIMIZER_STATE_MISMATCH where shapes or groups differ */
  loadStateDict(saved: OptimizerState): void {
    if (saved.lrs.length !== this.groups.length)
      throw new TorchError(
        'OPTIMIZER_STATE_MISMATCH',
        `Expected ${this.groups.length} groups but received ${saved.lrs.length}`,
      );
    const values = [...this.indexOf.keys()].map((parameter) => parameter.value);
    const likeOf = (key: string) => values[Number(key.slice(0, key.indexOf('.')))];
    for (const [key, tensor] of saved.tensors) {
      const like = likeOf(key);
      // Besides tensors of the parameter's shape there are counters.
      if (!like || (tensor.ndim > 0 && String(like.shape) !== String(tensor.shape)))
        throw new TorchError(
          'OPTIMIZER_STATE_MISMATCH',
          `${key}: [${like?.shape ?? 'no such parameter'}] expected, [${tensor.shape}] given`,
        );
    }
    for (const tensor of this.state.values()) tensor.dispose();
    this.state.clear();
    for (const [key, tensor] of saved.tensors)
      this.state.set(
        key,
        // In the parameter's own memory format, which the saved one need not have.
        persistent(() => (tensor.ndim === 0 ? tensor.clone() : likeOf(key)!.detach().clone().copy_(tensor))),
      );
    this.numSteps = saved.step;
    for (const [i, lr] of saved.lrs.entries()) this.groups[i]!.options.lr = lr;
  }
}
