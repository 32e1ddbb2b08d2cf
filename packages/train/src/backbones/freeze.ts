import { nn } from '@semblance/torch';
import { SemblanceError } from '../error.ts';

/** What a recipe keeps as it is. */
export interface Freeze {
  /** Beginnings of parameter names. */
  freeze: readonly string[];
  /** Whether every batch norm keeps its statistics. */
  freezeNorms: boolean;
}

/**
 * Fixes the parts of a network that a recipe keeps as they are, and gives back what switches networks to training.
 *
 * Frozen parameters have no gradient, and batch norms among them go on with the statistics they have; `freezeNorms`
 * does the latter for every batch norm, for batches too small to measure their own.
 *
 * @param network whose names of parameters `freeze` begins with
 * @throws RECIPE_INVALID_VALUE where nothing has such a name, or nothing is left to train
 */
export function applyFreeze(
  { freeze, freezeNorms }: Freeze,
  network: nn.Module,
  networks: readonly nn.Module[],
): () => void {
  const isFrozen = (name: string) => freeze.some((part) => name === part || name.startsWith(`${part}.`));
  const parameters = [...network.namedParameters()];
  for (const part of freeze) {
    if (parameters.some(([name]) => name === part || name.startsWith(`${part}.`))) continue;
    const parts = network.namedChildren().map(([name]) => name);
    const message = `Expected parts of the network (${parts.join(', ')}, …) for freeze but received "${part}".`;
    throw new SemblanceError('RECIPE_INVALID_VALUE', message);
  }
  for (const [name, parameter] of parameters) if (isFrozen(name)) parameter.value.requiresGrad = false;
  if (networks.every((one) => one.parameters().every(({ value }) => !value.requiresGrad))) {
    throw new SemblanceError(
      'RECIPE_INVALID_VALUE',
      'Expected something left to train, but freeze names every part.',
    );
  }
  const stillNorms = [...network.namedModules()]
    .filter(([name, module]) => isNorm(module) && (freezeNorms || isFrozen(name)))
    .map(([, module]) => module);
  return () => {
    for (const one of networks) one.train();
    for (const norm of stillNorms) norm.eval();
  };
}

function isNorm(module: nn.Module): boolean {
  return module instanceof nn.BatchNorm2d || module instanceof nn.BatchNorm1d;
}
