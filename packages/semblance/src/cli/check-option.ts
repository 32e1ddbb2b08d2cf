import type { Option } from 'commander';
import { choiceOption } from './options.ts';

/** How strictly photos are judged before they are enrolled. */
export const checkOption = (): Option =>
  choiceOption(
    '--check <mode>',
    'refuses photos that are too small, turned, blurred or badly lit to know somebody by',
    ['off', 'standard', 'strict'],
    'off',
  );
