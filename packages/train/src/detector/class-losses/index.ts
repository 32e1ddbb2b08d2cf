import { partOf, tableOf } from '../../options/parts.ts';
import type { ClassLoss, ClassLossSpec } from './class-loss.ts';
import { focal } from './focal.ts';
import { hardNegatives } from './hard-negatives.ts';

/** Losses of classes by name: adding one is a file and a line here. */
export const classLosses = tableOf(
  { name: 'hard-negatives', loss: hardNegatives },
  { name: 'focal', loss: focal },
);

export type ClassLossName = keyof typeof classLosses;
export const classLossNames = Object.keys(classLosses) as ClassLossName[];

/** The loss of that name, or the one of your own. @throws RECIPE_INVALID_VALUE for an unknown name */
export const classLossOf = (given: string | ClassLossSpec): ClassLoss =>
  partOf<ClassLossSpec>(classLosses, given, 'classLoss').loss;

export type { ClassLossSpec } from './class-loss.ts';
