import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { script } from '../run-script.ts';
import { root } from '../source-files.ts';
import { describeRealData, realData } from '../support/real-data.ts';
import { listening } from './listening.ts';

// a process that loads networks: on a busy machine that takes its time
vi.setConfig({ testTimeout: 300_000 });

describeRealData('a service on real photos', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'semblance-serve-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('knows people from other photos of theirs, and strangers from them; ends when it is told to', async () => {
    const photos = new Map<string, string[]>();
    for (const name of (await readdir(realData('lfw'))).sort()) {
      const files = (await readdir(realData('lfw', name))).sort();
      if (files.length >= 3) photos.set(name, files.slice(0, 3));
      if (photos.size === 12) break;
    }
    const names = [...photos.keys()];
    const [known, strangers] = [names.slice(0, 8), names.slice(8)];
    for (const name of known) {
      await mkdir(join(folder, 'people', name), { recursive: true });
      for (const file of photos.get(name)!.slice(0, 2)) {
        await cp(realData('lfw', name, file), join(folder, 'people', name, file));
      }
    }
    const models = ['--detector', realData('weights', 'retinaface-mnet025.onnx')];
    models.push('--recognizer', realData('weights', 'MobileFaceNet.onnx'));
    const gallery = join(folder, 'gallery');
    const built = await script(
      'semblance',
      'gallery',
      'build',
      '--data',
      join(folder, 'people'),
      ...models,
      '--out',
      gallery,
    );
    expect(built.code, built.stderr).toBe(0);

    const args = ['serve', ...models, '--gallery', gallery, '--state', join(folder, 'state'), '--port', '0'];
    const service = spawn(join(root, 'scripts', 'semblance'), args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const out = once(service.stdout, 'data');
    const ended = once(service, 'exit');
    const { url, said } = await listening(service.stderr);
    expect(url, said.join('\n')).not.toBe('');
    const key = String((await out)[0]).trim();

    async function who(name: string): Promise<{ subject: string; similarity: number }> {
      const form = new FormData();
      const bytes = await readFile(realData('lfw', name, photos.get(name)![2]!));
      form.append('file', new Blob([new Uint8Array(bytes)]), 'photo.jpg');
      const reply = await fetch(`${url}/api/v1/recognition/recognize?limit=1`, {
        method: 'POST',
        headers: { 'x-api-key': key },
        body: form,
      });
      const { result } = (await reply.json()) as {
        result: { subjects: { subject: string; similarity: number }[] }[];
      };
      return result[0]!.subjects[0]!;
    }
    const rights = [];
    for (const name of known) rights.push((await who(name)).subject === name);
    // these networks know 98 of 100 at a rate of one false alarm in a thousand
    expect(rights.filter(Boolean).length).toBeGreaterThanOrEqual(7);
    for (const name of strangers) expect((await who(name)).subject).toBe('unknown');

    service.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });
});
