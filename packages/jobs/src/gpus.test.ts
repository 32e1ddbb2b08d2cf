import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { versionPaths } from './home.ts';
import { script, type TestJobs, testJobs } from './testing/with-jobs.ts';

let own: TestJobs;
beforeAll(async () => {
  // believed where there is no nvidia-smi: who gets which number is the queue's doing, and needs no card
  own = await testJobs({ SEMBLANCE_JOB_GPUS: '0,1', SEMBLANCE_JOB_SLOTS: '4', CUDA_VISIBLE_DEVICES: '' });
});
afterAll(() => own[Symbol.asyncDispose]());

test('versions that run at once see GPUs of their own, workers too', { timeout: 120_000 }, async () => {
  const text = `read start _ < /proc/uptime; sleep 0.4; read end _ < /proc/uptime
    echo "$start $end [$CUDA_VISIBLE_DEVICES] $CUDA_DEVICE_ORDER" > {outputs}/worker-$RANK`;
  const asked = [
    { gpus: 1 },
    { gpus: 1 },
    { gpus: 2, workers: 2 },
    { gpus: 0 },
    { gpus: 2 },
    { gpus: 1 },
  ] as const;
  const versions = [];
  for (const resources of asked) versions.push(await own.jobs.create('gpu', script(text), { resources }));
  const uses: { start: number; end: number; gpu: string }[] = [];
  for (const [i, version] of versions.entries()) {
    expect(await own.until(version)).toMatchObject({ state: 'completed', gpus: expect.any(Array) });
    const { gpus, workers = 1 }: { gpus: number; workers?: number } = asked[i]!;
    for (let worker = 0; worker < workers; worker++) {
      const path = join(versionPaths(own.jobs.home, version).outputs, `worker-${worker}`);
      const [, start, end, list, order] = /^(\S+) (\S+) \[(.*)\] (\S+)\n$/.exec(
        await readFile(path, 'utf8'),
      )!;
      const seen = list === '' ? [] : list!.split(',');
      expect(seen.length).toBe(gpus / workers);
      expect(order).toBe('PCI_BUS_ID');
      uses.push(...seen.map((gpu) => ({ start: Number(start), end: Number(end), gpu })));
    }
  }
  expect(new Set(uses.map(({ gpu }) => gpu))).toEqual(new Set(['0', '1']));
  for (const [i, a] of uses.entries()) {
    for (const b of uses.slice(i + 1)) {
      if (a.gpu === b.gpu) expect(a.end <= b.start || b.end <= a.start, JSON.stringify([a, b])).toBe(true);
    }
  }
  await expect(own.jobs.create('gpu', script(text), { resources: { gpus: 3 } })).rejects.toMatchObject({
    code: 'JOB_RESOURCES_UNAVAILABLE',
  });
});
