import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { customTask, JobService } from '@semblance/jobs';
import { jobParts } from 'semblance';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { loadRecognizer } from '../../packages/face/src/models/load.ts';
import { followAliases } from '../../packages/serve/src/deployments/follow-aliases.ts';
import { answeredBy } from './deploying.ts';
import { createFixture, type Fixture, type Running } from './fixtures.ts';

vi.setConfig({ testTimeout: 300_000 });

let fixture: Fixture;
let service: Running;
let jobs: JobService;
beforeAll(async () => {
  fixture = await createFixture();
  jobs = new JobService({ home: join(fixture.root, 'jobs'), parts: jobParts });
  service = await fixture.start();
});
afterAll(async () => {
  await service?.stop();
  await jobs?.close();
  await fixture?.remove();
});

test('a service serves what an alias stands for, and the next when it is moved', async () => {
  const leaves = async (model: string) => {
    const made = await jobs.create('faces', customTask(['cp', '-r', model, '{outputs}/model']));
    for await (const _ of jobs.follow(made)); // until it has ended
    return jobs.find(`faces/${made.number}`);
  };
  const [first, second, broken] = [
    await leaves(fixture.otherRecognizer),
    await leaves(fixture.recognizer),
    await leaves(fixture.root.replace(/[^/]*$/, 'nothing-like-that')),
  ];
  const said: string[] = [];
  const ending = new AbortController();
  const { deployments } = service.service;
  const following = followAliases({
    ...{ jobs, deployments, aliases: ['faces@production'], everyMs: 50, signal: ending.signal },
    say: (line) => void said.push(line),
  });
  const until = async (line: string): Promise<void> => {
    while (!said.includes(line)) await sleep(20);
  };
  while (said.length === 0) await sleep(20);
  expect(said).toEqual([expect.stringContaining('faces@production cannot be followed: ALIAS_NOT_FOUND')]);

  await jobs.registry.point('production', first);
  await until('faces@production is faces/V0001, which is deployed');
  expect(await answeredBy(service, 1)).toEqual({ [(await loadRecognizer(fixture.otherRecognizer)).id]: 1 });
  await jobs.registry.point('production', second);
  await until('faces@production is faces/V0002, which is deployed');
  expect(await answeredBy(service, 1)).toEqual({ [(await loadRecognizer(fixture.recognizer)).id]: 1 });
  expect(deployments.list()[0]!.entries.map(({ name }) => name)).toEqual(['faces.V0002']);
  expect((await jobs.insight.lineage(second)).records).toMatchObject([
    { kind: 'deployment', text: 'deployed, as faces@production' },
  ]);
  // one that did not complete gets no alias at all
  expect(broken.state).toBe('failed');
  await expect(jobs.registry.point('production', broken)).rejects.toMatchObject({
    code: 'VERSION_WRONG_STATE',
  });
  ending.abort();
  await following;
});
