import { describe, expect, it } from 'vitest';
import { readEnvironment } from './environment.ts';
import { firstHost, portOf, tasksByNode } from './slurm.ts';

describe('readEnvironment', () => {
  it('reads torchrun', () => {
    const env = {
      RANK: '3',
      WORLD_SIZE: '4',
      LOCAL_RANK: '1',
      LOCAL_WORLD_SIZE: '2',
      MASTER_ADDR: 'a',
      MASTER_PORT: '29500',
      SLURM_PROCID: '0',
    };
    expect(readEnvironment(env)).toEqual({
      rank: 3,
      worldSize: 4,
      localRank: 1,
      localWorldSize: 2,
      masterAddr: 'a',
      masterPort: 29500,
    });
  });

  it('reads Slurm, agreeing on a host and a port without talking', () => {
    const env = {
      SLURM_PROCID: '2',
      SLURM_NTASKS: '3',
      SLURM_LOCALID: '0',
      SLURM_NODEID: '1',
      SLURM_JOB_ID: '17',
      SLURM_STEP_ID: '4',
      SLURM_STEP_TASKS_PER_NODE: '2,1',
      SLURM_STEP_NODELIST: 'gpu[07-08]',
    };
    expect(readEnvironment(env)).toEqual({
      rank: 2,
      worldSize: 3,
      localRank: 0,
      localWorldSize: 1,
      masterAddr: 'gpu07',
      masterPort: portOf(17, 4),
    });
  });

  it('reads Kubeflow, where each node is a rank', () => {
    const env = {
      PET_NODE_RANK: '1',
      PET_NNODES: '2',
      PET_MASTER_ADDR: 'job-0',
      PET_MASTER_PORT: '29400',
    };
    expect(readEnvironment(env)).toMatchObject({
      rank: 1,
      worldSize: 2,
      masterAddr: 'job-0',
      masterPort: 29400,
    });
    expect(() => readEnvironment({ ...env, PET_NPROC_PER_NODE: '4' })).toThrow('torch-run');
  });

  it('is null where nobody started ranks', () => {
    expect(readEnvironment({})).toBeNull();
  });

  it('names the variable that is missing or wrong', () => {
    expect(() => readEnvironment({ RANK: '0' })).toThrow('WORLD_SIZE');
    expect(() => readEnvironment({ RANK: 'one', WORLD_SIZE: '2' })).toThrow('"one"');
    expect(() => readEnvironment({ RANK: '2', WORLD_SIZE: '2' })).toThrow('rank 2 of 2');
  });
});

describe('Slurm', () => {
  it.each([
    ['node1', 'node1'],
    ['node1,node2', 'node1'],
    ['gpu[03-05,9],login', 'gpu03'],
    ['rack[1-2]-a,b', 'rack1-a'],
  ])('%s starts with %s', (list, host) => {
    expect(firstHost(list)).toBe(host);
  });

  it('refuses what is no list', () => {
    expect(() => firstHost('[1-2]')).toThrow('node list');
    expect(() => tasksByNode('two')).toThrow('tasks by node');
  });

  it('expands tasks by node', () => {
    expect(tasksByNode('2(x3),1')).toEqual([2, 2, 2, 1]);
  });
});
