import { BaseResolver, createConfig, lintDocument, makeDocumentFromString } from '@redocly/openapi-core';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createFixture, type Fixture, type Running } from './fixtures.ts';

vi.setConfig({ testTimeout: 300_000 });

/** What clients are generated from: the operation's name, method, path, the role a key needs, parameters (`?`: may be left out), body, answer. */
const operations = `
checkLive GET /health/live nobody 200
checkReady GET /health/ready nobody 200
getMetrics GET /metrics read 200
getOpenApi GET /openapi.json nobody 200
getStatus GET /api/v1/status read 200
signIn POST /api/v1/session nobody body 201
getSession GET /api/v1/session nobody 200
signOut DELETE /api/v1/session read 204
listKeys GET /api/v1/keys admin 200
createKey POST /api/v1/keys admin body 201
revokeKey DELETE /api/v1/keys/{id} admin id 200
listAudit GET /api/v1/audit admin action? by? outcome? subject? before? limit? 200
getSystem GET /api/v1/system admin 200
checkSystem GET /api/v1/system/checks admin 200
listCollections GET /api/v2/collections read 200
createCollection POST /api/v2/collections admin body 201
getCollection GET /api/v2/collections/{collection} read collection 200
updateCollection PATCH /api/v2/collections/{collection} admin collection body 200
deleteCollection DELETE /api/v2/collections/{collection} admin collection 200
listCollectionSubjects GET /api/v2/collections/{collection}/subjects read collection search? external_id? sort? page? size? 200
createCollectionSubject POST /api/v2/collections/{collection}/subjects enrol collection body 201
getCollectionSubject GET /api/v2/collections/{collection}/subjects/{subject} read collection subject 200
updateCollectionSubject PATCH /api/v2/collections/{collection}/subjects/{subject} enrol collection subject body 200
deleteCollectionSubject DELETE /api/v2/collections/{collection}/subjects/{subject} enrol collection subject 200
recognizeFaces POST /api/v1/recognition/recognize read det_prob_threshold? limit? face_plugins? status? prediction_count? detect_faces? body 200
recognizeEmbeddings POST /api/v1/recognition/embeddings/recognize read prediction_count? body 200
verifyEmbeddingsWithFace POST /api/v1/recognition/embeddings/faces/{image_id}/verify read image_id body 200
verifyEmbeddings POST /api/v1/verification/embeddings/verify read body 200
listSubjects GET /api/v1/recognition/subjects read 200
addSubject POST /api/v1/recognition/subjects enrol body 201
deleteAllSubjects DELETE /api/v1/recognition/subjects admin 200
renameSubject PUT /api/v1/recognition/subjects/{subject} enrol subject body 200
deleteSubject DELETE /api/v1/recognition/subjects/{subject} enrol subject 200
listPeople GET /api/v1/people read search? sort? page? size? 200
mergeSubjects POST /api/v1/people/merge enrol body 200
splitSubject POST /api/v1/people/split enrol body 200
listNameChanges GET /api/v1/people/changes enrol 200
undoNameChange POST /api/v1/people/undo enrol 200
examineGallery GET /api/v1/people/doctor read mode? most? 200
addFaceExample POST /api/v1/recognition/faces enrol det_prob_threshold? limit? face_plugins? status? subject check? body 201
listFaces GET /api/v1/recognition/faces read page? size? subject? 200
deleteFacesOfSubject DELETE /api/v1/recognition/faces enrol subject? 200
deleteFaces POST /api/v1/recognition/faces/delete enrol body 200
deleteFace DELETE /api/v1/recognition/faces/{image_id} enrol image_id 200
getFaceImage GET /api/v1/recognition/faces/{image_id}/img read image_id 200
verifyWithFace POST /api/v1/recognition/faces/{image_id}/verify read image_id det_prob_threshold? limit? face_plugins? status? body 200
rejectSubject POST /api/v1/recognition/rejections enrol det_prob_threshold? limit? face_plugins? status? subject body 201
listRejections GET /api/v1/recognition/rejections read subject? 200
takeBackRejection DELETE /api/v1/recognition/rejections/{id} enrol id 200
getReview GET /api/v1/review enrol size? 200
getUnknownFace GET /api/v1/review/faces/{face}/img enrol face 200
acceptUnknown POST /api/v1/review/{group}/accept enrol group body 200
nameUnknown POST /api/v1/review/{group}/new enrol group body 200
rejectUnknown POST /api/v1/review/{group}/reject enrol group body 200
mergeUnknown POST /api/v1/review/{group}/merge enrol group body 200
splitUnknown POST /api/v1/review/{group}/split enrol group body 200
dismissUnknown POST /api/v1/review/{group}/dismiss enrol group 200
undoReview POST /api/v1/review/undo enrol 200
detectFaces POST /api/v1/detection/detect read det_prob_threshold? limit? face_plugins? status? body 200
verifyFaces POST /api/v1/verification/verify read det_prob_threshold? limit? face_plugins? status? body 200
getInferenceServer GET /v2 nobody 200
checkInferenceLive GET /v2/health/live nobody 200
checkInferenceReady GET /v2/health/ready nobody 200
getModel GET /v2/models/{model} read model 200
checkModelReady GET /v2/models/{model}/ready read model 200
getModelVersion GET /v2/models/{model}/versions/{version} read model version 200
checkModelVersionReady GET /v2/models/{model}/versions/{version}/ready read model version 200
listDeployments GET /api/v1/deployments admin 200
createDeployment POST /api/v1/deployments admin body 202
getDeployment GET /api/v1/deployments/{id} admin id 200
rollBackDeployment POST /api/v1/deployments/rollback admin 200
getDeploymentHealth GET /api/v1/deployments/health admin 200
listFollowedAliases GET /api/v1/deployments/aliases admin 200
followAlias PUT /api/v1/deployments/aliases/{alias} admin alias 200
unfollowAlias DELETE /api/v1/deployments/aliases/{alias} admin alias 200
createTrainingJob POST /v1/{project}/training-jobs admin project body 200
listTrainingJobs GET /v1/{project}/training-jobs admin project page? per_page? search_content? 200
listTrainingVersions GET /v1/{project}/training-jobs/{job}/versions admin project job page? per_page? state? tag? is_starred? 200
createTrainingVersion POST /v1/{project}/training-jobs/{job}/versions admin project job body 200
getTrainingLog GET /v1/{project}/training-jobs/{job}/versions/{version}/logs admin project job version base_line? lines? order? worker? keyword? 200
listTrainingLogFiles GET /v1/{project}/training-jobs/{job}/versions/{version}/log/file-names admin project job version 200
streamTrainingLog GET /v1/{project}/training-jobs/{job}/versions/{version}/logs/stream admin project job version worker? 200
streamTrainingMetrics GET /v1/{project}/training-jobs/{job}/versions/{version}/metrics/stream admin project job version 200
getTrainingVersion GET /v1/{project}/training-jobs/{job}/versions/{version} admin project job version 200
deleteTrainingVersion DELETE /v1/{project}/training-jobs/{job}/versions/{version} admin project job version 200
updateTrainingVersion PUT /v1/{project}/training-jobs/{job}/versions/{version} admin project job version body 200
stopTrainingVersion POST /v1/{project}/training-jobs/{job}/versions/{version}/stop admin project job version 200
resumeTrainingVersion POST /v1/{project}/training-jobs/{job}/versions/{version}/resume admin project job version body 200
getTrainingArtifact GET /v1/{project}/training-jobs/{job}/versions/{version}/artifacts admin project job version path 200
listTrainingTasks GET /v1/{project}/training-job-tasks admin project 200
getTrainingTask GET /v1/{project}/training-job-tasks/{task} admin project task recipe? loss? 200
listTrainingAliases GET /v1/{project}/training-jobs/{job}/aliases admin project job 200
setTrainingAlias PUT /v1/{project}/training-jobs/{job}/aliases/{name} admin project job name body 200
deleteTrainingAlias DELETE /v1/{project}/training-jobs/{job}/aliases/{name} admin project job name 200
listTrainingTemplates GET /v1/{project}/training-job-configs admin project 200
getTrainingTemplate GET /v1/{project}/training-job-configs/{name} admin project name 200
saveTrainingTemplate PUT /v1/{project}/training-job-configs/{name} admin project name body 200
deleteTrainingTemplate DELETE /v1/{project}/training-job-configs/{name} admin project name 200
getTrainingCurves GET /v1/{project}/training-jobs/{job}/versions/{version}/curves admin project job version names? 200
getTrainingSystem GET /v1/{project}/training-jobs/{job}/versions/{version}/system admin project job version 200
listTrainingEvents GET /v1/{project}/training-jobs/{job}/versions/{version}/events admin project job version 200
streamTrainingEvents GET /v1/{project}/training-job-events/stream admin project 200
createTrainingSweep POST /v1/{project}/training-job-sweeps admin project body 200
listTrainingSweeps GET /v1/{project}/training-job-sweeps admin project job_name? 200
getTrainingSweep GET /v1/{project}/training-job-sweeps/{sweep} admin project sweep 200
stopTrainingSweep POST /v1/{project}/training-job-sweeps/{sweep}/stop admin project sweep 200
compareTrainingVersions GET /v1/{project}/training-job-comparisons admin project versions all? diff? 200
createTrainingEvaluations POST /v1/{project}/training-job-evaluations admin project body 200
listTrainingEvaluations GET /v1/{project}/training-job-evaluations admin project versions misses? 200
inferModel POST /v2/models/{model}/infer read model body 200
inferModelVersion POST /v2/models/{model}/versions/{version}/infer read model version body 200
`;

interface Content {
  content: Record<string, { schema: object }>;
}
interface Operation {
  operationId: string;
  security: { key?: [string] }[];
  parameters?: { name: string; in: string; required: boolean; schema: object }[];
  requestBody?: Content;
  responses: Record<string, Content>;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
}

let fixture: Fixture;
let service: Running;
let document: Document;
beforeAll(async () => {
  fixture = await createFixture();
  service = await fixture.start();
  document = (await service.call('GET', '/openapi.json')).json;
});
afterAll(async () => {
  await service?.stop();
  await fixture?.remove();
});

test('the document is OpenAPI 3.1 by the schema of its makers', async () => {
  const validator = new Validator();
  expect(await validator.validate(structuredClone(document) as never)).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
  // a document that is none is found out
  expect(await new Validator().validate({ ...document, paths: { '/': { get: 5 } } } as never)).toMatchObject({
    valid: false,
  });
});

test('it holds every operation with its key, parameters and answer', () => {
  const lines = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, { operationId, security, parameters = [], requestBody, responses }]) => {
        const named = ['path', 'query'].flatMap((place) => parameters.filter((one) => one.in === place));
        return [
          ...[operationId, method.toUpperCase(), path, security[0]?.key?.[0] ?? 'nobody'],
          ...named.map(({ name, required }) => (required ? name : `${name}?`)),
          ...(requestBody ? ['body'] : []),
          ...Object.keys(responses).filter((status) => status < '300'),
        ].join(' ');
      },
    ),
  );
  expect(lines).toEqual(operations.trim().split('\n'));
});

const lint = async (given: object) =>
  lintDocument({
    document: makeDocumentFromString(JSON.stringify(given), 'openapi.json'),
    externalRefResolver: new BaseResolver(),
    config: await createConfig({ extends: ['recommended-strict'] }),
  });

test('redocly finds nothing, not even to warn of, whichever contract it is of', async () => {
  expect(await lint(document)).toEqual([]);
  const other = await fixture.start({ compat: 'compreface' });
  try {
    expect(await lint((await other.call('GET', '/openapi.json')).json)).toEqual([]);
  } finally {
    await other.stop();
  }
  // a document without what it asks for is found out
  const { '/metrics': metrics } = structuredClone(document.paths);
  metrics!.get!.responses = { 200: metrics!.get!.responses['200']! };
  expect((await lint({ ...document, paths: { '/metrics': metrics } })).map(({ ruleId }) => ruleId)).toContain(
    'operation-4xx-response',
  );
});

test.each([
  ['recognizeFaces', ['multipart/form-data', 'application/json'], ['application/json']],
  ['addFaceExample', ['multipart/form-data', 'application/json'], ['application/json']],
  ['getFaceImage', [], ['image/jpeg']],
  ['getMetrics', [], ['text/plain']],
  [
    'inferModel',
    ['application/json', 'application/octet-stream'],
    ['application/json', 'application/octet-stream'],
  ],
  ['streamTrainingLog', [], ['text/event-stream']],
  ['streamTrainingMetrics', [], ['text/event-stream']],
  ['getTrainingArtifact', [], ['application/octet-stream']],
])('%s takes %j and gives %j', (name, taken, given) => {
  const operation = Object.values(document.paths)
    .flatMap((methods) => Object.values(methods))
    .find(({ operationId }) => operationId === name)!;
  expect(Object.keys(operation.requestBody?.content ?? {})).toEqual(taken);
  const [answer] = Object.entries(operation.responses)
    .find(([status]) => status < '300')!
    .slice(1) as [Content];
  expect(Object.keys(answer.content)).toEqual(given);
});

test('every error has the shape of its routes, and names its codes', () => {
  const operationsBy = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.values(methods).map((operation) => ({ path, ...operation })),
  );
  for (const { path, responses } of operationsBy) {
    const errors = Object.entries(responses).filter(([status]) => status >= '400');
    expect(errors.map(([status]) => status)).toEqual(expect.arrayContaining(['413', '500']));
    for (const [, { content }] of errors) {
      const text = JSON.stringify(content['application/json']!.schema);
      const shape = path.startsWith('/v2') ? 'InferenceError' : path.startsWith('/v1') ? 'JobError' : 'Error';
      expect(text).toContain(`"#/components/schemas/${shape}"`);
      expect(/"enum":\["[A-Z_]+"/.test(text)).toBe(shape !== 'InferenceError');
    }
  }
});

test('a parameter says its type, its bounds and what it is if not given', () => {
  const { parameters } = document.paths['/v1/{project}/training-jobs/{job}/versions/{version}/logs']!.get!;
  const schemas = Object.fromEntries(parameters!.map(({ name, schema }) => [name, schema]));
  expect(schemas).toEqual({
    ...{ project: { type: 'string' }, job: { type: 'string' }, version: { type: 'string' } },
    base_line: { type: 'integer', minimum: 1 },
    lines: { type: 'integer', minimum: 1, maximum: 10_000, default: 500 },
    order: { type: 'string', enum: ['asc', 'desc'], default: 'asc' },
    worker: { type: 'integer', minimum: 0, default: 0 },
    keyword: { type: 'string', minLength: 1, maxLength: 200 },
  });
});

test.each([
  ['/faces?size=0', 'querystring/size: expected at least 1 but received 0'],
  ['/faces?size=x', 'querystring/size: expected a number but received x'],
  ['/faces?page=1.5', 'querystring/page: expected a whole number but received 1.5'],
  ['/faces?page=1&page=2', 'querystring/page: expected a number'],
])('GET %s is refused with what was expected', async (path, message) => {
  const { status, json } = await service.call('GET', `/api/v1/recognition${path}`);
  expect([status, json]).toEqual([400, { message, code: 33, error: 'REQUEST_INVALID' }]);
});

test.each([
  ['/api/v1/recognition/subjects', {}, 'body/subject: this is missing'],
  ['/api/v1/recognition/subjects', { subject: null }, 'body/subject: expected text'],
  ['/api/v1/recognition/subjects', { subject: '' }, 'body/subject: expected at least 1 character'],
  ['/api/v1/recognition/subjects', { subject: '\u{1f600}'.repeat(201) }, 'expected at most 200 characters'],
  ['/api/v1/recognition/embeddings/recognize', { embeddings: [] }, 'expected at least 1 item'],
  [
    '/api/v1/recognition/embeddings/recognize',
    { embeddings: [['a']] },
    'body/embeddings/0/0: expected a number',
  ],
  ['/api/v1/deployments', { name: 'a b' }, 'body/name: expected text that matches'],
])('POST %s of %j is refused with what was expected', async (path, body, message) => {
  const { status, json } = await service.call('POST', path, body);
  expect([status, json]).toEqual([
    400,
    { message: expect.stringContaining(message), code: 33, error: 'REQUEST_INVALID' },
  ]);
});

test('characters are counted as people see them, and numbers pass for text', async () => {
  for (const subject of ['\u{1f600}'.repeat(200), 5]) {
    const { status, json } = await service.call('POST', '/api/v1/recognition/subjects', { subject });
    expect([status, json]).toEqual([201, { subject: String(subject) }]);
  }
});

test('other shapes of errors stay with their routes', async () => {
  const infer = await service.call('POST', '/v2/models/recognizer/infer', { inputs: [{ name: 'x' }] });
  expect([infer.status, Object.keys(infer.json)]).toEqual([400, ['error']]);
  const job = await service.call('POST', '/v1/p/training-jobs', { job_name: 'x', config: { zzz: 1 } });
  expect([job.status, job.json]).toEqual([
    400,
    { is_success: false, error_code: 'REQUEST_INVALID', error_msg: 'body/config: expected no zzz' },
  ]);
});
