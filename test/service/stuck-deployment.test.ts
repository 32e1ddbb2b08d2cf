import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { root } from '../source-files.ts';
import { channelWorkers } from './channel-workers.ts';
import { createFixture } from './fixtures.ts';
import { listening } from './listening.ts';

vi.setConfig({ testTimeout: 300_000 });

const isThere = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test.skipIf(process.platform !== 'linux')(
  'SIGTERM ends a service whose deployment waits for a model that never comes, and leaves no process behind',
  async () => {
    const fixture = await createFixture();
    const { detector, recognizer, otherRecognizer } = fixture;
    const state = join(fixture.root, 'state');
    const args = ['serve', '--detector', detector, '--recognizer', recognizer, '--port', '0'];
    args.push('--state', state, '--jobs', join(fixture.root, 'jobs'), '--threads', '1', '--log', 'off');
    const service = spawn(join(root, 'scripts', 'semblance'), args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const started = new Set<number>();
    onTestFinished(async () => {
      for (const pid of [service.pid!, ...started]) if (isThere(pid)) process.kill(pid, 'SIGKILL');
      await fixture.remove();
    });
    const key = once(service.stdout, 'data').then(([text]) => String(text).trim());
    const ended = once(service, 'exit');
    const { url, said } = await listening(service.stderr);
    expect(url, said.join('\n')).not.toBe('');
    for (const pid of channelWorkers(service.pid)) started.add(pid);

    const headers = { 'x-api-key': await key, 'content-type': 'application/json' };
    const body = JSON.stringify({ name: 'other', recognizer: otherRecognizer });
    const reply = await fetch(`${url}/api/v1/deployments`, { method: 'POST', headers, body });
    const text = await reply.text();
    expect([reply.status, text]).toEqual([202, expect.anything()]);
    const { id } = JSON.parse(text);
    // its next worker stands still while it loads, as on a disk that does not answer
    const stuck = await vi.waitUntil(
      () => channelWorkers(service.pid).find((pid) => !started.has(pid)) ?? null,
      { timeout: 120_000, interval: 1 },
    );
    process.kill(stuck, 'SIGSTOP');
    started.add(stuck);

    service.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    await vi.waitFor(() => expect([...started].filter(isThere)).toEqual([]), { timeout: 60_000 });
    const { revisions } = JSON.parse(readFileSync(join(state, 'deployments.json'), 'utf8'));
    expect(revisions.find((revision: { id: string }) => revision.id === id)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('shutting down'),
    });
  },
);
