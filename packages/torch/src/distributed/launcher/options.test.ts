import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';

describe('readOptions', () => {
  it('stops at the script', () => {
    const options = readOptions(['--nproc', '2', 'train.ts', '--nproc', '9'], {});
    expect(options).toMatchObject({ nproc: 2, script: 'train.ts', args: ['--nproc', '9'], maxRestarts: 0 });
  });

  it("takes torchrun's spellings", () => {
    const argv = ['--nproc_per_node=4', '--max_restarts=3', '--master_port', '29501', '--', 'x.js'];
    expect(readOptions(argv, {})).toMatchObject({
      nproc: 4,
      maxRestarts: 3,
      masterPort: 29501,
      script: 'x.js',
    });
  });

  it("takes Kubeflow's variables where the command line is silent", () => {
    const env = {
      PET_NPROC_PER_NODE: '8',
      PET_NNODES: '2',
      PET_NODE_RANK: '1',
      PET_MASTER_ADDR: 'job-0',
      PET_MAX_RESTARTS: '5',
    };
    expect(readOptions(['--nproc', '4', 'x.js'], env)).toMatchObject({
      nproc: 4,
      nnodes: 2,
      nodeRank: 1,
      masterAddr: 'job-0',
      masterPort: 29500,
      maxRestarts: 5,
    });
  });

  it.each([
    [['--nprocs', '2', 'x.js'], 'no option --nprocs'],
    [['--nproc'], 'needs a value'],
    [['--nproc', 'two', 'x.js'], '"two"'],
    [['--nproc', '0', 'x.js'], 'at least 1'],
    [['--nnodes', '2', 'x.js'], '--master-addr'],
    [['--nnodes', '2', '--node-rank', '2', '--master-addr', 'a', 'x.js'], 'below 2'],
    [['--nproc', '2'], 'a script'],
  ])('refuses %j', (argv, message) => {
    expect(() => readOptions(argv, {})).toThrow(message);
  });
});
