import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createFixture, type Fixture, photo, type Running } from './fixtures.ts';

// each service starts threads that load networks: on a busy machine that takes its time
vi.setConfig({ testTimeout: 300_000 });

const base = '/api/v1/recognition';
let fixture: Fixture;
let service: Running;
const call: Running['call'] = (...args) => service.call(...args);

beforeAll(async () => {
  fixture = await createFixture();
  service = await fixture.start();
});
afterAll(async () => {
  await service?.stop();
  await fixture?.remove();
});

describe('who is known', () => {
  test('a stranger is unknown, with the threshold beside it; once enrolled it is a subject', async () => {
    expect((await call('POST', `${base}/recognize`, await photo(['ada']))).json.result[0]).toMatchObject({
      subjects: [{ subject: 'unknown', similarity: -1 }],
      reason: 'empty_gallery',
      threshold: 0.9,
    });
    const enrolled = await call('POST', `${base}/faces?subject=ada`, await photo(['ada']));
    expect(enrolled).toMatchObject({ status: 201, json: { image_id: '1', subject: 'ada' } });
    expect((await call('POST', `${base}/faces?subject=bob`, await photo(['bob']))).status).toBe(201);

    const both = await call('POST', `${base}/recognize?status=true`, await photo(['bob', 'ada'], 12));
    expect(both.status).toBe(200);
    const byPlace = both.json.result.sort(
      (a: { box: { x_min: number } }, b: { box: { x_min: number } }) => a.box.x_min - b.box.x_min,
    );
    expect(byPlace.map((face: { subjects: unknown }) => face.subjects)).toEqual([
      [{ subject: 'bob', similarity: expect.closeTo(1, 1) }],
      [{ subject: 'ada', similarity: expect.closeTo(1, 1) }],
    ]);
    expect(byPlace[0]).toMatchObject({
      // a square of 8 at 32, in a box that reaches a cell and a half to each side
      box: { probability: expect.closeTo(0.996, 2), x_min: 20, y_min: 20, x_max: 44, y_max: 44 },
      landmarks: [
        [28, 28],
        [36, 28],
        [32, 32],
        [28, 36],
        [36, 36],
      ],
      threshold: 0.9,
      reason: null,
      execution_time: { decode: expect.any(Number), detector: expect.any(Number) },
    });
    expect(both.json.plugins_versions).toMatchObject({ calculator: expect.stringMatching(/-[0-9a-f]{12}$/) });

    const stranger = await call('POST', `${base}/recognize?prediction_count=3`, await photo(['eve']));
    const [face] = stranger.json.result;
    expect(face).toMatchObject({ reason: 'below_threshold', threshold: 0.9 });
    expect(face.subjects).toEqual([{ subject: 'unknown', similarity: expect.any(Number) }]);
    expect(face.subjects[0].similarity).toBeLessThan(0.9);
  });

  test('JSON in base64 does as well as a form; embeddings come when asked for, and are recognised', async () => {
    const file = Buffer.from(await photo(['ada'])).toString('base64');
    const found = await call('POST', `${base}/recognize?face_plugins=calculator`, { file });
    const [{ embedding, subjects }] = found.json.result;
    expect(subjects[0].subject).toBe('ada');
    expect(Math.hypot(...embedding)).toBeCloseTo(1, 5);
    const again = await call('POST', `${base}/embeddings/recognize`, {
      embeddings: [embedding, embedding.map((value: number) => -3 * value)],
    });
    expect(again.json.result[0].similarities).toEqual([{ subject: 'ada', similarity: expect.closeTo(1, 4) }]);
    expect(again.json.result[1].similarities[0].subject).toBe('unknown');
    expect((await call('POST', `${base}/embeddings/recognize`, { embeddings: [[1, 2]] })).json).toMatchObject(
      { error: 'REQUEST_INVALID', message: 'expected 12 numbers but received 2' },
    );
  });

  test('pictures without a face, or with too many to enrol', async () => {
    const nobody = await call('POST', `${base}/faces?subject=x`, await photo([]));
    expect([nobody.status, nobody.json.code]).toEqual([400, 28]);
    const two = await call('POST', `${base}/faces?subject=x`, await photo(['ada', 'bob']));
    expect([two.status, two.json.code]).toEqual([400, 31]);
    expect((await call('POST', `${base}/recognize`, await photo([]))).json).toEqual({ result: [] });
  });
});

describe('subjects and faces', () => {
  test('are listed page by page, shown, compared', async () => {
    const first = await call('GET', `${base}/faces?page=0&size=1`);
    expect(first.json).toEqual({
      faces: [{ image_id: '1', subject: 'ada' }],
      page_number: 0,
      page_size: 1,
      total_pages: 2,
      total_elements: 2,
    });
    expect((await call('GET', `${base}/faces?subject=bob`)).json.faces).toEqual([
      { image_id: '2', subject: 'bob' },
    ]);
    const crop = await call('GET', `${base}/faces/1/img`);
    expect([crop.status, crop.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    const verified = await call('POST', `${base}/faces/1/verify`, await photo(['ada'], -5));
    expect(verified.json.result[0]).toMatchObject({ subject: 'ada', is_match: true, threshold: 0.9 });
    expect((await call('POST', `${base}/faces/2/verify`, await photo(['ada']))).json.result[0]).toMatchObject(
      { subject: 'bob', is_match: false },
    );
    for (const id of ['99', 'x', '-1', '../1']) {
      const missing = await call('GET', `${base}/faces/${encodeURIComponent(id)}/img`);
      expect([missing.status, missing.json.code], id).toEqual([404, 44]);
    }
  });

  test('are named, renamed, joined and removed', async () => {
    expect((await call('POST', `${base}/subjects`, { subject: 'carl' })).status).toBe(201);
    expect((await call('POST', `${base}/subjects`, { subject: 'carl' })).json.code).toBe(43);
    expect((await call('POST', `${base}/subjects`, { subject: 'unknown' })).status).toBe(400);
    expect((await call('GET', `${base}/subjects`)).json).toEqual({ subjects: ['ada', 'bob', 'carl'] });
    expect((await call('PUT', `${base}/subjects/carl`, { subject: 'dora' })).json).toEqual({ updated: true });
    expect((await call('PUT', `${base}/subjects/bob`, { subject: 'ada' })).json).toEqual({ updated: true });
    expect((await call('GET', `${base}/subjects`)).json).toEqual({ subjects: ['ada', 'dora'] });
    const merged = await call('POST', `${base}/recognize`, await photo(['bob']));
    expect(merged.json.result[0].subjects[0].subject).toBe('ada');
    expect((await call('DELETE', `${base}/subjects/nobody`)).json.code).toBe(42);
    expect((await call('POST', `${base}/faces/delete`, ['2', '77'])).json).toEqual([
      { image_id: '2', subject: 'ada' },
    ]);
    expect((await call('DELETE', `${base}/faces/2`)).status).toBe(404);
    expect((await call('DELETE', `${base}/subjects`)).json).toEqual({ deleted: 2 });
    expect((await call('GET', `${base}/faces`)).json.total_elements).toBe(0);
  });
});

describe('without a gallery', () => {
  test('detection and verification', async () => {
    const detected = await call('POST', '/api/v1/detection/detect?limit=1', await photo(['ada', 'bob']));
    expect(detected.json.result).toHaveLength(1);
    expect(detected.json.result[0].embedding).toBeUndefined();
    const form = new FormData();
    form.append('source_image', new Blob([(await photo(['ada'])) as Uint8Array<ArrayBuffer>]), 's.png');
    form.append(
      'target_image',
      new Blob([(await photo(['bob', 'ada'])) as Uint8Array<ArrayBuffer>]),
      't.png',
    );
    const verified = await call('POST', '/api/v1/verification/verify', form);
    const [{ face_matches }] = verified.json.result;
    expect(face_matches.map((match: { is_match: boolean }) => match.is_match)).toEqual([true, false]);
    const missing = await call('POST', '/api/v1/verification/verify', await photo(['ada']));
    expect([missing.status, missing.json.code]).toEqual([400, 34]);
  });
});

describe('open inference protocol', () => {
  test('tells of models and runs them', async () => {
    expect((await call('GET', '/v2')).json).toMatchObject({ name: 'semblance' });
    expect((await call('GET', '/v2/models/recognizer')).json).toEqual({
      name: 'recognizer',
      versions: ['start'],
      platform: 'onnx_onnxv1',
      inputs: [{ name: 'crop', datatype: 'FP32', shape: [-1, 3, 112, 112] }],
      outputs: [{ name: 'embedding', datatype: 'FP32', shape: [-1, 12] }],
    });
    expect((await call('GET', '/v2/models/detector/versions/start/ready')).json.ready).toBe(true);
    const data = new Array(3 * 112 * 112).fill(0.5);
    const reply = await call('POST', '/v2/models/recognizer/infer', {
      id: '7',
      inputs: [{ name: 'crop', shape: [1, 3, 112, 112], datatype: 'FP32', data }],
    });
    // the mean of each quarter of each channel
    expect(reply.json).toEqual({
      model_name: 'recognizer',
      model_version: 'start',
      id: '7',
      outputs: [
        {
          name: 'embedding',
          shape: [1, 12],
          datatype: 'FP32',
          data: new Array(12).fill(expect.closeTo(0.5, 5)),
        },
      ],
    });
  });

  test.each([
    ['a shape that is not the data’s', { shape: [2, 3, 112, 112] }],
    ['a shape that is not the model’s', { shape: [1, 1, 2, 2], data: [1, 2, 3, 4] }],
    ['another kind of number', { datatype: 'INT64' }],
    ['another name', { name: 'x' }],
    ['texts', { shape: [1, 3, 112, 112], data: new Array(3 * 112 * 112).fill('1') }],
  ])('%s is refused', async (_, change) => {
    const input = { name: 'crop', shape: [1, 3, 112, 112], datatype: 'FP32', data: [1], ...change };
    const reply = await call('POST', '/v2/models/recognizer/infer', { inputs: [input] });
    expect(reply.status).toBe(400);
    expect(Object.keys(reply.json)).toEqual(['error']);
  });

  test('what is not there', async () => {
    expect((await call('GET', '/v2/models/nothing')).status).toBe(404);
    expect((await call('GET', '/v2/models/detector/versions/V9')).status).toBe(404);
  });
});

describe('operation', () => {
  test('health and metrics', async () => {
    expect((await call('GET', '/health/live')).json).toEqual({ live: true });
    expect((await call('GET', '/health/ready')).json).toEqual({ ready: true });
    const { text } = await call('GET', '/metrics');
    expect(text).toMatch(/^semblance_requests_total\{route="\/health\/live",method="GET",status="200"\} 1$/m);
    expect(text).toMatch(/^semblance_batch_faces_count \d+$/m);
    expect(text).toMatch(/^semblance_weight_percent\{deployment="start"\} 100$/m);
    // dashboards know them by these names
    const types = [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name, type]) => [name, type]);
    expect(types).toEqual([
      ['semblance_requests_total', 'counter'],
      ['semblance_request_seconds', 'histogram'],
      ['semblance_faces_total', 'counter'],
      ['semblance_step_seconds', 'histogram'],
      ['semblance_batch_faces', 'histogram'],
      ['semblance_stage_seconds', 'histogram'],
      ['semblance_shed_total', 'counter'],
      ['semblance_worker_replacements_total', 'counter'],
      ['semblance_event_loop_p99_seconds', 'gauge'],
      ['process_resident_memory_bytes', 'gauge'],
      ['semblance_requests_inside', 'gauge'],
      ['semblance_requests_arriving', 'gauge'],
      ['semblance_queue', 'gauge'],
      ['semblance_weight_percent', 'gauge'],
    ]);
    // every line is blank, a comment or a sample
    for (const line of text.split('\n').filter(Boolean)) {
      expect(line).toMatch(
        /^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? -?[0-9.e+-]+(Inf|NaN)?)$/,
      );
    }
  });

  test('the document of the API holds every route, each with its key', async () => {
    const { json } = await call('GET', '/openapi.json');
    expect(json.openapi).toBe('3.1.0');
    const recognize = json.paths[`${base}/recognize`].post;
    expect(recognize.security).toEqual(['key', 'bearer', 'session'].map((name) => ({ [name]: ['read'] })));
    expect(Object.keys(recognize.requestBody.content)).toEqual(['multipart/form-data', 'application/json']);
    expect(recognize.parameters).toContainEqual(
      expect.objectContaining({ name: 'prediction_count', in: 'query', required: false }),
    );
    expect(json.paths[`${base}/faces/{image_id}/img`].get.parameters).toEqual([
      { name: 'image_id', in: 'path', schema: { type: 'string' }, required: true },
    ]);
    expect(json.paths['/health/live'].get.security).toEqual([]);
    for (const route of Object.values(json.paths)) {
      for (const operation of Object.values(route as object)) expect(operation.summary).toBeTruthy();
    }
  });
});
