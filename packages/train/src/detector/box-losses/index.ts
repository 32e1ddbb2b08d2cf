import type { BoxLoss } from './box-loss.ts';
import { ciou } from './ciou.ts';
import { diou } from './diou.ts';
import { smoothL1 } from './smooth-l1.ts';

/** Losses of boxes by name: adding one is a file and a line here. */
export const boxLosses = { 'smooth-l1': smoothL1, diou, ciou } satisfies Record<string, BoxLoss>;

export type BoxLossName = keyof typeof boxLosses;
export const boxLossNames = Object.keys(boxLosses) as BoxLossName[];
