import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLocation } from '../packages/jobs/src/storage/location.ts';
import { stateOf } from '../packages/jobs/src/storage/manifest.ts';
import {
  hasSwift,
  needsSwift,
  type SwiftServer,
  startSwift,
} from '../packages/jobs/src/storage/testing/swift.ts';
import { root } from './source-files.ts';

describe.skipIf(!hasSwift)(`examples/platform.sh (${needsSwift})`, () => {
  let swift: SwiftServer;
  let work: string;
  beforeAll(async () => {
    swift = await startSwift();
    work = await mkdtemp(join(tmpdir(), 'semblance-platform-'));
  });
  afterAll(async () => {
    await swift?.stop();
    await rm(work, { recursive: true, force: true });
  });

  test('goes from data in a bucket to a canary and back', { timeout: 900_000 }, async () => {
    const bucket = await swift.createBucket();
    const script = join(root, 'examples', 'platform.sh');
    const env = { ...process.env, ...swift.env };
    const { code, output } = await new Promise<{ code: number; output: string }>((resolve) => {
      execFile(script, [`s3://${bucket}/p`, work], { env, maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code ?? -1) : 0, output: `${stdout}\n${stderr}` }),
      );
    });
    expect(code, output).toBe(0);
    const steps = output.split(/^== /m);
    const part = (words: string) => steps.find((text) => text.startsWith(words)) ?? '';

    // compared: the learning rate differs, and nothing that is the same is shown
    expect(part('a second version')).toMatch(/lr\s+0\.02\s+0\.05/);
    expect(part('a second version')).not.toContain('batchSize');
    expect(part('a third one')).toContain('recognition/V0003');
    Object.assign(process.env, swift.env);
    const storage = await openLocation(`s3://${bucket}/p/models/recognition/V0003`);
    const state = await stateOf(storage);
    expect(state.kind).toBe('complete');
    expect(Object.keys(state.manifest!.files)).toContain('model.onnx');

    const whoIs = (words: string) =>
      /"subject":"([^"]+)","similarity":([0-9.]+)/.exec(part(words))?.slice(1) ?? [];
    const [person, similarity] = whoIs('recognise');
    expect(part('recognise')).toContain(`recognise ${person} over HTTP`);
    expect(Number(similarity)).toBeGreaterThan(0.999);
    // of ten requests in a row one
    expect(
      part('a canary')
        .match(/^ +\d+ "calculator"/gm)
        ?.map((text) => Number.parseInt(text, 10))
        .sort(),
    ).toEqual([1, 9]);
    expect(whoIs('all of them')[0]).toBe(person);
    expect(part('and back')).toMatch(/^D0005 +active .* start 100 %/m);
    expect(whoIs('and back')).toEqual([person, similarity]);
  });
});
