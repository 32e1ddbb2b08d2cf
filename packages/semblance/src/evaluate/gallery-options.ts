import type { Option } from 'commander';
import { numberOption, numbersOption } from '../cli/options.ts';

/** How many photos of a person a measured gallery knows. */
export const enrolOption = (): Option =>
  numberOption('--enrol <n>', 'photos of each person to enroll', { min: 1, max: 1000 }).default(1);

/** Rates at which strangers may be taken for somebody, from 0 to 1. */
export const fpirsOption = (rates: readonly number[]): Option =>
  numbersOption('--fpirs <rates>', 'false-positive identification rates to report, separated by commas', {
    min: 0,
    max: 1,
  }).default(rates, rates.join(','));
