import type { ExecutorKind } from './kind.ts';
import { localExecutor } from './local.ts';

/** What runs the workers of a version that chooses nothing. */
export const local: ExecutorKind = {
  name: 'local',
  summary: 'processes of this machine',
  options: {},
  isElsewhere: false,
  inImage: () => false,
  open: async () => localExecutor(),
};
