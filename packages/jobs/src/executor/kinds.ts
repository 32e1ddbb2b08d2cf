import { container } from './container/kind.ts';
import type { ExecutorKind } from './kind.ts';
import { kubernetes } from './kubernetes/kind.ts';
import { local } from './local-kind.ts';
import { slurm } from './slurm/kind.ts';

/** Every executor that comes along: a new one is a file and a line here. */
export const executorKinds: readonly ExecutorKind[] = [local, container, slurm, kubernetes];
