import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, expectTypeOf, onTestFinished, test, vi } from 'vitest';
import type { openTestWorker, TestData } from './testing/test-worker.ts';
import { type ChannelOptions, WorkerChannel } from './worker-channel.ts';

const module = new URL('./testing/test-worker.ts', import.meta.url);

type Place = NonNullable<ChannelOptions<TestData>['in']>;

function open(data: Partial<TestData> = {}, place: Place = 'thread'): WorkerChannel<typeof openTestWorker> {
  const channel = new WorkerChannel<typeof openTestWorker>(module, {
    name: `a test ${place}`,
    data: { first: 2, ...data },
    in: place,
  });
  onTestFinished(() => channel.terminate());
  return channel;
}

describe.each(['thread', 'process'] as const)('in a %s', (place) => {
  test('calls are typed by the function that opens the worker, and may be made before it has', async () => {
    const channel = open({}, place);
    const five = channel.call('add', 3);
    expectTypeOf(five).toEqualTypeOf<Promise<number>>();
    expectTypeOf(channel.ready).toEqualTypeOf<Promise<{ first: number }>>();
    expectTypeOf(channel.call<'move'>).returns.resolves.toEqualTypeOf<{
      numCame: number;
      back: Uint8Array<ArrayBuffer>;
    }>();
    // @ts-expect-error a payload of another type
    const wrong = channel.call('add', '3');
    expect(await five).toBe(5);
    expect(await wrong).toBe('23');
    expect(await channel.ready).toEqual({ first: 2 });
  });

  test('calls overlap, and each gets its own answer', async () => {
    const channel = open({}, place);
    await channel.ready;
    const order: number[] = [];
    const calls = [40, 1, 20].map((ms) => channel.call('after', ms).then((value) => order.push(value)));
    expect(channel.numCalls).toBe(3);
    await Promise.all(calls);
    expect(order).toEqual([1, 20, 40]);
    expect(channel.numCalls).toBe(0);
  });

  test('an error keeps its code; one without keeps its place; the worker goes on', async () => {
    const channel = open({}, place);
    await expect(channel.call('fail', 'with a code')).rejects.toMatchObject({
      name: 'SemblanceError',
      code: 'DATA_CORRUPT',
      message: 'cut short',
    });
    await expect(channel.call('fail', 'with a strange code')).rejects.toMatchObject({ code: 'INTERNAL' });
    const bug = await channel.call('fail', 'without').catch((error: unknown) => error as Error);
    expect(bug).toMatchObject({ code: 'INTERNAL', message: 'out of range' });
    expect((bug as Error & { cause: Error }).cause.stack).toMatch(/RangeError: out of range\n.*test-worker/);
    await expect(channel.call('fail', 'unclonable')).rejects.toThrow('could not be cloned');
    expect(await channel.call('add', 1)).toBe(3);
  });

  test('a payload that cannot be copied fails its call alone', async () => {
    const channel = open({}, place);
    await channel.ready;
    await expect(channel.call('add', (() => {}) as never)).rejects.toThrow('could not be cloned');
    expect(channel.numCalls).toBe(0);
    expect(await channel.call('add', 1)).toBe(3);
  });

  test('progress comes as it goes; a signal gives the call up, there as well as here', async () => {
    const channel = open({}, place);
    const seen: number[] = [];
    const stop = new AbortController();
    const counting = channel.call('count', 1, {
      signal: stop.signal,
      onProgress(value) {
        seen.push(value);
        if (value === 3) stop.abort(new Error('seen enough'));
      },
    });
    await expect(counting).rejects.toThrow('seen enough');
    expect(seen.slice(0, 4)).toEqual([0, 1, 2, 3]);
    // the method has heard of it and is done
    await vi.waitFor(() => expect(channel.numCalls).toBe(0));
    await expect(channel.call('add', 1, { signal: stop.signal })).rejects.toThrow('seen enough');
    expect(await channel.call('add', 1)).toBe(3);
  });

  test.each([
    ['with a code', 'DATA_EMPTY', 'nothing to open'],
    ['without', 'INTERNAL', 'first is odd'],
  ] as const)('what cannot open says why, to calls as well (%s)', async (refuses, code, message) => {
    const channel = open({ refuses }, place);
    channel.onLost = vi.fn();
    const call = channel.call('add', 1);
    await expect(channel.ready).rejects.toMatchObject({ code, message });
    await expect(call).rejects.toMatchObject({ code, message });
    await expect(channel.call('add', 1)).rejects.toMatchObject({ code, message });
    expect(channel.hasEnded).toBe(true);
    expect(channel.onLost).not.toHaveBeenCalled();
  });

  test('a module that is not there fails every call', async () => {
    const channel = new WorkerChannel<typeof openTestWorker>(
      new URL('./testing/nowhere.ts', import.meta.url),
      {
        name: `a test ${place}`,
        data: { first: 1 },
        in: place,
      },
    );
    const message = expect.stringMatching(
      place === 'thread' ? /^a test thread ended: Cannot find module/ : /^a test process ended: code 1$/,
    );
    await expect(channel.call('add', 1)).rejects.toMatchObject({ code: 'WORKER_LOST', message });
    await expect(channel.ready).rejects.toMatchObject({ code: 'WORKER_LOST', message });
  });

  test('when the worker dies, calls that wait and later ones reject, and it is told once', async () => {
    const channel = open({}, place);
    await channel.ready;
    const onLost = vi.fn();
    channel.onLost = onLost;
    const calls = [channel.call('after', 60_000), channel.call('exit', 3)];
    const ended = { code: 'WORKER_LOST', message: `a test ${place} ended: code 3` };
    for (const call of calls) await expect(call).rejects.toMatchObject(ended);
    await expect(channel.call('add', 1)).rejects.toMatchObject(ended);
    expect(onLost).toHaveBeenCalledTimes(1);
    await channel.close();
  });

  test('one that dies while it closes leaves no call waiting', async () => {
    const channel = open({}, place);
    const calls = [channel.call('after', 60_000), channel.call('exit', 1)];
    const closed = channel.close();
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'WORKER_LOST' });
    await closed;
  });
});

test('memory moves both ways without a copy', async () => {
  const channel = open();
  const bytes = new Uint8Array(1000).fill(7);
  const { numCame, back } = await channel.call('move', { bytes, numBack: 3 }, { transfer: [bytes.buffer] });
  expect(numCame).toBe(1000);
  expect(bytes.length).toBe(0);
  expect([...back]).toEqual([7, 7, 7]);
  expect(await channel.call('numKept', undefined)).toBe(0);
});

test('an error that no call can answer for ends the thread, and says itself', async () => {
  const channel = open();
  await channel.ready;
  const onLost = vi.fn();
  channel.onLost = onLost;
  await expect(channel.call('crash', 'the roof fell')).rejects.toMatchObject({
    code: 'WORKER_LOST',
    message: 'a test thread ended: the roof fell',
  });
  await channel.terminate();
  expect(onLost).toHaveBeenCalledTimes(1);
});

test('closing answers what was asked, closes what the worker holds, and refuses the next', async () => {
  const closed = new Int32Array(new SharedArrayBuffer(4));
  const channel = open({ closed });
  const onLost = vi.fn();
  channel.onLost = onLost;
  const call = channel.call('after', 30);
  const done = Promise.all([channel.close(), channel.close()]);
  await expect(channel.call('add', 1)).rejects.toMatchObject({
    code: 'INTERNAL',
    message: 'a test thread ended: it was closed',
  });
  expect(closed[0]).toBe(0);
  expect(await call).toBe(30);
  await done;
  expect(closed[0]).toBe(1);
  expect(onLost).not.toHaveBeenCalled();
});

test('stopping rejects what waits at once', async () => {
  const closed = new Int32Array(new SharedArrayBuffer(4));
  const channel = open({ closed });
  const call = channel.call('after', 60_000);
  const stopped = channel.terminate();
  await expect(call).rejects.toMatchObject({ message: 'a test thread ended: it was stopped' });
  await stopped;
  await channel.close();
  expect(closed[0]).toBe(0);
});

/** Runs a file of testing/ as a process. */
async function runFile(name: string, ...args: string[]): Promise<{ code: number; stdout: string }> {
  const file = fileURLToPath(new URL(`./testing/${name}.ts`, import.meta.url));
  return promisify(execFile)(process.execPath, [file, ...args], { timeout: 30_000 }).then(
    ({ stdout }) => ({ code: 0, stdout }),
    ({ code, stdout }: { code: number; stdout: string }) => ({ code, stdout }),
  );
}

test('a call keeps the process alive, an idle thread does not', async () => {
  expect(await runFile('idle-channel')).toEqual({ code: 0, stdout: 'answered after 50 ms\n' });
});

test('an exit waits for the call in work, and no further one begins', async () => {
  expect(await runFile('exiting-channel')).toEqual({ code: 7, stdout: 'first\n' });
  expect(await runFile('exiting-channel', 'at once')).toEqual({ code: 7, stdout: '' });
});

test('data that cannot be copied is refused, and holds nothing up', async () => {
  const before = process.listenerCount('exit');
  expect(() => open({ closed: (() => {}) as never })).toThrow('could not be cloned');
  expect(process.listenerCount('exit')).toBe(before);
  const channel = open();
  expect(process.listenerCount('exit')).toBe(before + 1);
  await channel.close();
  expect(process.listenerCount('exit')).toBe(before);
});

describe('a process of its own', () => {
  test('killed within a call: the call fails, it is told, and this process goes on', async () => {
    const channel = open({}, 'process');
    const pid = await channel.call('pid', undefined);
    expect(pid).not.toBe(process.pid);
    const onLost = vi.fn();
    channel.onLost = onLost;
    const call = channel.call('block', { ms: 60_000, say: 'never' });
    process.kill(pid, 'SIGKILL');
    await expect(call).rejects.toMatchObject({
      code: 'WORKER_LOST',
      message: 'a test process ended: signal SIGKILL',
    });
    expect(onLost).toHaveBeenCalledTimes(1);
  });

  test('it is stopped even where it never comes back to its event loop', async () => {
    const channel = open({}, 'process');
    await channel.ready;
    const call = channel.call('block', { ms: 60_000, say: 'never' });
    call.catch(() => {});
    await channel.terminate();
    await expect(call).rejects.toMatchObject({ message: 'a test process ended: it was stopped' });
  });

  test('signals that the whole group hears leave it to its parent', async () => {
    const channel = open({}, 'process');
    const pid = await channel.call('pid', undefined);
    const call = channel.call('after', 100);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.kill(pid, signal);
    expect(await call).toBe(100);
  });

  test('it ends with its parent, however that ends', async () => {
    const { code, stdout } = await runFile('orphan-channel');
    expect(code).not.toBe(0);
    const pid = Number(stdout);
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), { timeout: 10_000 });
  });
});
