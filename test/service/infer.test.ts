import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createFixture, type Fixture, type Running } from './fixtures.ts';

vi.setConfig({ testTimeout: 300_000 });

const path = '/v2/models/recognizer/infer';
const shape = [1, 3, 112, 112];
const LENGTH = 3 * 112 * 112;
let fixture: Fixture;
let service: Running;
beforeAll(async () => {
  fixture = await createFixture();
  service = await fixture.start({
    limits: { maxBodyBytes: 16 * 2 ** 20, maxInFlight: 64, maxInFlightPerKey: 64, perSecond: 0, burst: 1 },
  });
});
afterAll(async () => {
  await service?.stop();
  await fixture?.remove();
});

/** JSON with bytes behind it, as the protocol's extension for binary tensors has it. */
async function binary(json: object, numbers: Float32Array, headers: Record<string, string> = {}, to = path) {
  const head = Buffer.from(JSON.stringify(json));
  return fetch(service.url + to, {
    method: 'POST',
    headers: {
      ...{ 'x-api-key': service.key, 'content-type': 'application/octet-stream' },
      ...{ 'inference-header-content-length': String(head.length) },
      ...headers,
    },
    body: Buffer.concat([head, new Uint8Array(numbers.buffer)]),
  });
}

const inputOf = (numbers: Float32Array, change: object = {}) => ({
  ...{ name: 'crop', shape, datatype: 'FP32', parameters: { binary_data_size: numbers.byteLength } },
  ...change,
});

describe('binary tensors', () => {
  const numbers = Float32Array.from({ length: LENGTH }, (_, i) => Math.sin(i));

  test('give the very numbers that JSON gives, in either direction', async () => {
    expect((await service.call('GET', '/v2')).json.extensions).toContain('binary_tensor_data');
    const json = await service.call('POST', path, {
      inputs: [{ ...inputOf(numbers), parameters: {}, data: [...numbers] }],
    });
    const expected = json.json.outputs[0].data as number[];
    expect(expected).toHaveLength(12);

    const asJson = await (await binary({ inputs: [inputOf(numbers)] }, numbers)).json();
    expect((asJson as { outputs: { data: number[] }[] }).outputs[0]!.data).toEqual(expected);

    for (const wish of [
      { parameters: { binary_data_output: true } },
      { outputs: [{ name: 'embedding', parameters: { binary_data: true } }] },
    ]) {
      const reply = await binary({ id: 'x', inputs: [inputOf(numbers)], ...wish }, numbers);
      expect(reply.headers.get('content-type')).toBe('application/octet-stream');
      const length = Number(reply.headers.get('inference-header-content-length'));
      const body = Buffer.from(await reply.arrayBuffer());
      expect(JSON.parse(body.toString('utf8', 0, length))).toEqual({
        ...{ model_name: 'recognizer', model_version: 'start', id: 'x' },
        outputs: [
          { name: 'embedding', shape: [1, 12], datatype: 'FP32', parameters: { binary_data_size: 48 } },
        ],
      });
      expect([...new Float32Array(body.subarray(length).buffer.slice(body.byteOffset + length))]).toEqual(
        expected,
      );
    }
  });

  test.each([
    ['fewer bytes than said', inputOf(numbers), numbers.subarray(1).slice(), {}],
    ['another size than the shape’s', inputOf(numbers, { parameters: { binary_data_size: 8 } }), numbers, {}],
    ['a length beyond the body', inputOf(numbers), numbers, { 'inference-header-content-length': '9999999' }],
    ['a length that is none', inputOf(numbers), numbers, { 'inference-header-content-length': 'x' }],
    ['not a number', inputOf(numbers), numbers.with(7, Number.NaN), {}],
    ['infinity', inputOf(numbers), numbers.with(0, Number.POSITIVE_INFINITY), {}],
  ])('%s is refused', async (_, input, sent, headers) => {
    const reply = await binary({ inputs: [input] }, sent, headers as Record<string, string>);
    expect(reply.status).toBe(400);
    expect(Object.keys((await reply.json()) as object)).toEqual(['error']);
  });
});

describe('budgets', () => {
  test('a number that no float32 holds is refused', async () => {
    const data = new Array(LENGTH).fill(0);
    data[5] = 1e39;
    const reply = await service.call('POST', path, {
      inputs: [{ name: 'crop', shape, datatype: 'FP32', data }],
    });
    expect([reply.status, reply.json.error]).toEqual([
      400,
      expect.stringContaining('number 5 of crop is not finite'),
    ]);
  });

  test('the shape is refused before a number is looked at', async () => {
    const reply = await service.call('POST', path, {
      inputs: [{ name: 'crop', shape: [1, 3, 9, 9], datatype: 'FP32', data: ['no number'] }],
    });
    expect([reply.status, reply.json.error]).toEqual([400, expect.stringContaining('1 × 3 × 9 × 9')]);
  });

  test('large JSON is refused unparsed, and the event loop and the memory do not feel it', async () => {
    const text = `{"inputs":[{"name":"input","shape":[1,3,1000,1000],"datatype":"FP32","data":[${'0.5,'.repeat(3_700_000)}0.5]}]}`;
    const send = (headers: object = {}) =>
      fetch(`${service.url}/v2/models/detector/infer`, {
        method: 'POST',
        headers: { 'x-api-key': service.key, 'content-type': 'application/json', ...headers },
        body: text,
      });
    await send();
    const before = process.memoryUsage().rss;
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    for (let i = 0; i < 5; i++) {
      const reply = await send();
      expect(reply.status).toBe(413);
      expect(((await reply.json()) as { error: string }).error).toContain('binary tensors');
    }
    delay.disable();
    expect(process.memoryUsage().rss - before).toBeLessThan(150e6);
  });

  test('an answer of more numbers than JSON should carry is asked for as bytes', async () => {
    const side = 1024;
    const numbers = new Float32Array(3 * side * side);
    const input = inputOf(numbers, { name: 'input', shape: [1, 3, side, side] });
    const to = '/v2/models/detector/infer';
    const meta = (await service.call('GET', '/v2/models/detector')).json;
    const named = { ...input, name: meta.inputs[0].name };
    const asJson = await binary({ inputs: [named] }, numbers, {}, to);
    expect([asJson.status, await asJson.json()]).toEqual([
      422,
      { error: expect.stringContaining('binary_data_output') },
    ]);
    const asBytes = await binary(
      { inputs: [named], parameters: { binary_data_output: true } },
      numbers,
      {},
      to,
    );
    expect(asBytes.status).toBe(200);
  });
});
