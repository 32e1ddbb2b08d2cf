// A thread that does rendering jobs.

import { serveChannel } from '@semblance/core/channel';
import { runJob } from './jobs.ts';

export function openRenderer(_: null) {
  return { methods: { run: runJob } };
}

await serveChannel(openRenderer);
