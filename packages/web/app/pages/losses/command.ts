import type { Lab } from './state.ts';
import { curveOf } from './targets.ts';

/** The command line that trains with the loss as it is set; what is as in the recipes is not said. */
export function commandOf({ loss, knobs }: Pick<Lab, 'loss' | 'knobs'>): string {
  const settings = curveOf(loss).knobs.flatMap(({ name, option }) =>
    option === null ? [] : [`--set lossOptions.${option}=${knobs[name]}`],
  );
  return ['semblance train recognition --data faces/ --out model/', `--loss ${loss}`, ...settings].join(
    ' \\\n  ',
  );
}
