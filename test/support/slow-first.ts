import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take half a minute and more: begun last, one of them alone would hold the whole run. */
const SLOW = [
  'test/images.test.ts',
  'test/packages.test.ts',
  'packages/jobs/src/slurm-kills.test.ts',
  'packages/semblance/src/commands/jobs-everyday.test.ts',
  'test/silence.test.ts',
  'packages/jobs/src/executor/slurm/slurm.test.ts',
  'packages/jobs/src/executor/slurm/versions.test.ts',
  'test/api-examples.test.ts',
];

/** Begins with the slow files; the others come in Vitest's own order. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = SLOW.findIndex((path) => moduleId.endsWith(`/${path}`));
      return at < 0 ? SLOW.length : at;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
