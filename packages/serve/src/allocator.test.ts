import { expect, test } from 'vitest';
import { allocatorEnvironment, allocatorSettings, forgetAllocator } from './allocator.ts';

test('a service is started anew once, and what it starts has the environment of before', () => {
  const before = { PATH: '/bin', HOME: '/home/a' };
  const env = allocatorEnvironment(before, 'linux')!;
  expect(env).toMatchObject({ ...before, ...allocatorSettings });
  expect(allocatorEnvironment(env, 'linux')).toBeNull();
  forgetAllocator(env);
  expect(env).toEqual(before);
});

test('whoever has chosen an allocator or settings keeps them', () => {
  for (const own of ['MALLOC_ARENA_MAX', 'MALLOC_TOP_PAD_', 'GLIBC_TUNABLES', 'LD_PRELOAD']) {
    const env = { PATH: '/bin', [own]: 'x' };
    expect(allocatorEnvironment(env, 'linux'), own).toBeNull();
    forgetAllocator(env);
    expect(env).toEqual({ PATH: '/bin', [own]: 'x' });
  }
  expect(allocatorEnvironment({ PATH: '/bin' }, 'darwin')).toBeNull();
});
