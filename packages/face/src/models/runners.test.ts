import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { tinyDetector, tinyRecognizer } from '../testing/tiny-models.ts';
import { tinyOnnx } from '../testing/tiny-onnx.ts';
import { Runner } from './runner.ts';
import type { RunnerData } from './runner-thread.ts';
import { openRunners, planRunners } from './runners.ts';
import { openSession, type ShapedSession } from './session.ts';

const shape = [1, 3, 112, 112];
const LENGTH = 3 * 112 * 112;

async function open(bytes: Uint8Array, runners: number): Promise<ShapedSession> {
  const session = await openSession(bytes, { runners });
  onTestFinished(() => session.close());
  return session;
}

test('small networks get a runner for each core, large ones one with all threads', () => {
  const small = 4 * 2 ** 20;
  const large = 170 * 2 ** 20;
  expect(planRunners(small, 2, { runners: 'auto' })).toEqual({ count: 2, threads: 1 });
  expect(planRunners(small, 16, { runners: 'auto' })).toEqual({ count: 4, threads: 4 });
  expect(planRunners(large, 16, { runners: 'auto' })).toEqual({ count: 1, threads: 16 });
  expect(planRunners(small, 1, { runners: 'auto' })).toEqual({ count: 1, threads: 1 });
  expect(planRunners(large, 2, { runners: 3 })).toEqual({ count: 3, threads: 1 });
  expect(planRunners(small, 8, { runners: 2, threads: 3 })).toEqual({ count: 2, threads: 3 });
});

test('give each run the outputs of its own input, more runs at once than runners', async () => {
  const session = await open(tinyRecognizer(), 2);
  expect(session.runsAtOnce).toBe(2);
  expect(session.inputs).toEqual([{ name: 'crop', shape: [null, 3, 112, 112] }]);
  const means = await Promise.all(
    Array.from({ length: 9 }, async (_, i) => {
      // Shared memory as Detector has it, and any other array.
      const data = i % 2 ? session.allocate(LENGTH) : new Float32Array(LENGTH);
      const { embedding } = await session.run(data.fill(i), shape);
      // The caller's array is left as it was, and its own again.
      expect(data.every((value) => value === i)).toBe(true);
      return embedding!;
    }),
  );
  for (const [i, mean] of means.entries()) expect([...mean]).toEqual(new Array(12).fill(i));
});

test('tell the shapes of outputs as a session in this thread does', async () => {
  const [there, here] = [await open(tinyDetector(), 1), await openSession(tinyDetector())];
  onTestFinished(() => here.close());
  expect(there.outputs).toEqual(here.outputs);
  const data = Float32Array.from({ length: 3 * 64 * 96 }, (_, i) => Math.sin(i));
  expect(await there.infer(data, [1, 3, 64, 96])).toEqual(await here.infer(data, [1, 3, 64, 96]));
});

test('errors keep their codes, and the runner goes on', async () => {
  await expect(openSession(new Uint8Array([1, 2, 3]), { runners: 2 })).rejects.toMatchObject({
    code: 'MODEL_INVALID',
  });
  const unknown = tinyOnnx({
    inputs: { x: [1] },
    outputs: { y: [1] },
    nodes: [{ op: 'Frobnicate', inputs: ['x'], outputs: ['y'] }],
  });
  await expect(openSession(unknown, { runners: 2 })).rejects.toMatchObject({ code: 'MODEL_INVALID' });
  for (const runners of [0, 1.5, -1]) {
    await expect(openSession(tinyRecognizer(), { runners })).rejects.toMatchObject({
      code: 'USAGE_INVALID_VALUE',
    });
  }
  const session = await open(tinyRecognizer(1), 1);
  await expect(session.run(new Float32Array(12), [1, 3, 2, 2])).rejects.toMatchObject({
    code: 'MODEL_INVALID',
    message: expect.stringContaining('1 × 3 × 2 × 2'),
  });
  const { embedding } = await session.run(new Float32Array(LENGTH).fill(2), shape);
  expect([...embedding!]).toEqual(new Array(12).fill(2));
});

test('a thread that has ended fails no run but its own', async () => {
  const started: Runner[] = [];
  const start = async (data: RunnerData) => {
    const runner = await Runner.start(data);
    started.push(runner);
    return runner;
  };
  const session = await openRunners(tinyRecognizer(1), { count: 1, threads: 1 }, start);
  onTestFinished(() => session.close());
  const ask = async (value: number) =>
    (await session.infer(new Float32Array(LENGTH).fill(value), shape))[0]!.data[0];
  expect(await ask(1)).toBe(1);
  await started[0]!.close();
  await expect(started[0]!.run(new Float32Array(LENGTH), shape)).rejects.toMatchObject({ code: 'INTERNAL' });
  expect(await ask(2)).toBe(2);
  expect(await ask(3)).toBe(3);
  expect(started).toHaveLength(2);
});

test('closing waits for the runs that were asked for, and refuses the next', async () => {
  const session = await open(tinyRecognizer(1), 1);
  const runs = [1, 2, 3].map((value) => session.run(new Float32Array(LENGTH).fill(value), shape));
  const closed = session.close();
  await expect(session.run(new Float32Array(LENGTH), shape)).rejects.toMatchObject({ code: 'MODEL_CLOSED' });
  await closed;
  for (const [i, { embedding }] of (await Promise.all(runs)).entries()) expect(embedding![0]).toBe(i + 1);
});

test('idle runners let the process end', { timeout: 60_000 }, async () => {
  const file = fileURLToPath(new URL('../testing/idle-runners.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [file], { timeout: 50_000 });
  expect(stdout.trim()).toBe('5');
});

test('a process that exits amid runs gives its exit code, and is not aborted', {
  timeout: 60_000,
}, async () => {
  const file = fileURLToPath(new URL('../testing/exit-while-running.ts', import.meta.url));
  for (let i = 0; i < 3; i++) {
    const ended = promisify(execFile)(process.execPath, [file], { timeout: 20_000 });
    await expect(ended).rejects.toMatchObject({ code: 7, signal: null, stderr: '' });
  }
});
