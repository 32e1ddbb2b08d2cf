import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { allocatorSettings } from '../../packages/serve/src/allocator.ts';
import { root } from '../source-files.ts';
import { createFixture } from './fixtures.ts';
import { listening } from './listening.ts';

// two starts of a process that loads networks: on a busy machine that takes its time
vi.setConfig({ testTimeout: 300_000 });

test.skipIf(process.platform !== 'linux')(
  'the process that was started is the one that serves, with malloc set, and ends by a signal',
  async () => {
    const fixture = await createFixture();
    const { detector, recognizer } = fixture;
    const args = ['serve', '--detector', detector, '--recognizer', recognizer, '--port', '0'];
    args.push('--state', join(fixture.root, 'state'), '--jobs', join(fixture.root, 'jobs'));
    const env = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^(MALLOC_|GLIBC_|LD_PRELOAD)/.test(name)),
    );
    const service = spawn(join(root, 'scripts', 'semblance'), args, {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const key = once(service.stdout, 'data').then(([text]) => String(text).trim());
    onTestFinished(async () => {
      service.kill('SIGKILL');
      await fixture.remove();
    });
    const ended = once(service, 'exit');
    const { url, said } = await listening(service.stderr);
    expect(url, said.join('\n')).not.toBe('');
    // what a person would take for trouble
    expect(said.join('\n')).not.toMatch(/warning/i);

    const given = (await readFile(`/proc/${service.pid}/environ`, 'utf8')).split('\0');
    for (const [name, value] of Object.entries(allocatorSettings))
      expect(given).toContain(`${name}=${value}`);
    const reply = await fetch(`${url}/api/v1/deployments`, { headers: { 'x-api-key': await key } });
    expect(reply.status).toBe(200);

    service.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  },
);
