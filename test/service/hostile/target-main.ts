// A service with the smallest models, in a process of its own: started by `startTarget`, and ended with it.

import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { customTask, JobService } from '@semblance/jobs';
import { jobParts } from 'semblance';
import type { ServiceLimits } from '../../../packages/serve/src/http/service.ts';
import { channelWorkers } from '../channel-workers.ts';
import { createFixture, photo, smallSettings } from '../fixtures.ts';
import type { TargetAsks, TargetOptions, TargetSays } from './target.ts';

const options = JSON.parse(process.argv[2]!) as TargetOptions;
const limits: ServiceLimits = {
  maxBodyBytes: 2_000_000,
  maxInFlight: 64,
  maxInFlightPerKey: 48,
  perSecond: 0,
  burst: 1,
};

const fixture = await createFixture();
const jobs = options.hasJobs ? new JobService({ home: join(fixture.root, 'jobs'), parts: jobParts }) : null;
const { detector = fixture.detector, recognizer = fixture.recognizer, settings = {} } = options;
const gallery = options.recognizer === undefined ? { gallery: await fixture.newGallery() } : {};
const running = await fixture.start({
  compat: options.compat,
  settings: { ...smallSettings, ...settings },
  limits: { ...limits, ...options.limits },
  roots: [fixture.root],
  start: { name: 'start', detector, recognizer, ...gallery },
  jobs,
});
for (const name of ['ada', 'bob']) {
  if (options.recognizer === undefined) {
    await running.call('POST', `/api/v1/recognition/faces?subject=${name}`, await photo([name]));
  }
}
if (jobs) {
  await jobs.create('mine', customTask(['sh', '-c', 'echo a line; echo another']), { cwd: fixture.root });
  let state = '';
  while (state !== 'completed') {
    await new Promise((resolve) => setTimeout(resolve, 100));
    state = (await jobs.find('mine')).state;
  }
}
const keys = {
  admin: running.key,
  enrol: (await running.service.keys.create('enrol')).text,
  read: (await running.service.keys.create('read')).text,
  other: (await running.service.keys.create('read')).text,
};

/** The first that a service starts embeds crops; the others read pictures, and are the ones that are killed. */
const [embedder] = channelWorkers();
const loop = monitorEventLoopDelay({ resolution: 1 });
loop.enable();

const say = (message: TargetSays): void => void process.send!(message);
process.on('message', async (asked: TargetAsks) => {
  if (asked === 'memory') {
    for (let i = 0; i < 3; i++) {
      globalThis.gc?.();
      await new Promise(setImmediate);
    }
    say({
      memory: { rss: process.memoryUsage.rss(), heap: process.memoryUsage().heapUsed, lines: running.lines },
    });
  } else if (asked === 'decoders') say({ decoders: channelWorkers().filter((pid) => pid !== embedder) });
  else if (asked === 'lateness') {
    say({ lateness: loop.max / 1e6 });
    loop.reset();
  } else {
    await running.stop();
    await fixture.remove();
    process.disconnect();
  }
});
process.once('disconnect', () => process.exit());
say({ started: { url: running.url, root: fixture.root, keys } });
