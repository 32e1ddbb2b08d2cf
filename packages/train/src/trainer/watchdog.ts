import { type nn, noGrad, ops, scope, Tensor, withInterceptor } from '@semblance/torch';

type Modules = Readonly<Record<string, nn.Module>>;

/** Where values that are not finite came from. */
export interface Cause {
  /** A weight that is not finite, or the weight used last before the operator. */
  weight: string | null;
  /** The first operator that gave such a value although all its inputs were finite. */
  operator: string | null;
  /** In words. */
  text: string;
}

const isFloating = (tensor: Tensor) => tensor.dtype.startsWith('float') || tensor.dtype === 'bfloat16';

function allFinite(tensor: Tensor): boolean {
  if (!isFloating(tensor)) return true;
  using _ = scope();
  return noGrad(() => ops.isfinite(tensor).all().item()) !== 0;
}

/** The first weight or running statistic that is not finite, as `<module>.<key>`; null where all are. */
export function nonFiniteWeight(modules: Modules): string | null {
  for (const [name, module] of Object.entries(modules)) {
    for (const [key, tensor] of module.stateDict()) if (!allFinite(tensor)) return `${name}.${key}`;
  }
  return null;
}

/**
 * Finds what made a loss that is not finite: a weight that the step before moved there, or else the first operator
 * of the forward pass that gives such a value from finite ones.
 *
 * @param forward the forward pass of the step, computed once more under observation
 */
export function findCause(modules: Modules, forward: () => unknown): Cause {
  const broken = nonFiniteWeight(modules);
  if (broken) {
    return { weight: broken, operator: null, text: `${broken} is not finite since the step before` };
  }
  const names = new Map<Tensor, string>();
  for (const [name, module] of Object.entries(modules)) {
    for (const [key, tensor] of module.stateDict()) names.set(tensor, `${name}.${key}`);
  }
  let weight: string | null = null;
  let operator: string | null = null;
  let isChecking = false;
  const observer = {
    after(opName: string, args: unknown[], outputs: Tensor[]) {
      if (isChecking || operator) return;
      const inputs = args.flat().filter((arg) => arg instanceof Tensor);
      for (const input of inputs) weight = names.get(input) ?? weight;
      // The checks are operators too.
      isChecking = true;
      if (!outputs.every(allFinite) && inputs.every(allFinite)) operator = opName;
      isChecking = false;
    },
  };
  using _ = scope();
  withInterceptor(observer, forward);
  if (operator === null) return { weight: null, operator, text: 'another process computed it' };
  const after = weight ? ` (the last weight used before is ${weight})` : '';
  return { weight, operator, text: `${operator} gave the first such value${after}` };
}
