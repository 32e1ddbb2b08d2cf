import type { RoleName } from './workers/roles/index.ts';

/** Why a worker had to be replaced: it ended by itself, or it was ended because of a call that took too long. */
export const replacementReasons = ['lost', 'too_slow'] as const;

/** Who watches units is told of what happens in them. */
export interface UnitEvents {
  /** The faces of a batch of the recognizer. */
  onBatch?(size: number): void;
  /** A worker that is no more is being replaced. */
  onReplaced?(role: RoleName, reason: (typeof replacementReasons)[number]): void;
}
