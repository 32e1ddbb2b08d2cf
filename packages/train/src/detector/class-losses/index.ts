import type { ClassLoss } from './class-loss.ts';
import { focal } from './focal.ts';
import { hardNegatives } from './hard-negatives.ts';

/** Losses of classes by name: adding one is a file and a line here. */
export const classLosses = { 'hard-negatives': hardNegatives, focal } satisfies Record<string, ClassLoss>;

export type ClassLossName = keyof typeof classLosses;
export const classLossNames = Object.keys(classLosses) as ClassLossName[];
