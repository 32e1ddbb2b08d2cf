import { SemblanceError } from '../../error.ts';
import type { VersionSpec } from '../../model.ts';
import type { ExecutorKind } from '../kind.ts';
import { optionHelp, readOptions } from './options.ts';
import { isBelow } from './pod.ts';

/** Workers as pods of a Kubernetes cluster. */
export const kubernetes: ExecutorKind = {
  name: 'kubernetes',
  summary: 'pods of a Kubernetes cluster',
  options: optionHelp,
  openOptions: ['node-selector', 'tolerations', 'gpu-resource', 'object'],
  isElsewhere: true,
  inImage: () => true,
  check(spec, options, home) {
    const { volumes } = readOptions(options);
    checkInputs(spec, [home, ...volumes.map(({ path }) => path)]);
  },
  async open(options, home) {
    const { kubernetesExecutor } = await import('./kubernetes.ts');
    return kubernetesExecutor(readOptions(options), home);
  },
};

/** Paths that pods would not find. */
function checkInputs({ options }: VersionSpec, mounted: readonly string[]): void {
  for (const [name, value] of Object.entries(options)) {
    if (!value.startsWith('/') || mounted.some((folder) => isBelow(value, folder))) continue;
    throw new SemblanceError(
      'USAGE_INVALID_VALUE',
      `--${name} ${value} is on this machine, and pods see ${mounted.join(', ')} alone: give a location ` +
        '(s3://…, file:///…), which is copied there, or mount a claim that holds it (--executor-option volumes=CLAIM:/path)',
    );
  }
}
