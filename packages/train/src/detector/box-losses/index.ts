import { partOf, tableOf } from '../../options/parts.ts';
import type { BoxLoss, BoxLossSpec } from './box-loss.ts';
import { ciou } from './ciou.ts';
import { diou } from './diou.ts';
import { smoothL1 } from './smooth-l1.ts';

/** Losses of boxes by name: adding one is a file and a line here. */
export const boxLosses = tableOf(
  { name: 'smooth-l1', loss: smoothL1 },
  { name: 'diou', loss: diou },
  { name: 'ciou', loss: ciou },
);

export type BoxLossName = keyof typeof boxLosses;
export const boxLossNames = Object.keys(boxLosses) as BoxLossName[];

/** The loss of that name, or the one of your own. @throws RECIPE_INVALID_VALUE for an unknown name */
export const boxLossOf = (given: string | BoxLossSpec): BoxLoss =>
  partOf<BoxLossSpec>(boxLosses, given, 'boxLoss').loss;

export type { BoxLossSpec } from './box-loss.ts';
