import { z } from 'zod';
import { SemblanceError } from '../../error.ts';
import type { Lease } from '../../fleet/fleet.ts';
import type { ServingUnit } from '../../fleet/unit.ts';
import { ofReadiness } from '../openapi/error-codes.ts';
import { requireReady } from '../ready.ts';
import type { RouteGroup, Service } from '../service.ts';
import { serviceVersion } from '../version.ts';
import { givenText } from './schemas.ts';

export type Model = 'detector' | 'recognizer';
export type ModelParams = z.ZodType<{ model: string; version?: string }>;
export const errors = 'inference-protocol' as const;
export const tags = ['inference protocol v2'];
const port = z
  .object({
    name: z.string(),
    datatype: z.string(),
    shape: z.array(z.number()).describe('−1 for a size that may vary.'),
  })
  .meta({ id: 'TensorPlace' });
const model = givenText();
/** The paths of a model, each with the name its operations have for it. */
export const modelPaths: Record<string, { params: ModelParams; what: string }> = {
  '/v2/models/:model': { params: z.object({ model }), what: 'Model' },
  '/v2/models/:model/versions/:version': {
    params: z.object({ model, version: givenText() }),
    what: 'ModelVersion',
  },
};

/** The Open Inference Protocol v2: what models there are, and whether they are ready. */
export const inferenceRoutes: RouteGroup = (app, service) => {
  app.get(
    '/v2',
    {
      config: { role: null, errors },
      schema: {
        operationId: 'getInferenceServer',
        summary: 'What this server is.',
        tags,
        response: {
          200: z.object({ name: z.string(), version: z.string(), extensions: z.array(z.string()) }),
        },
      },
    },
    async () => ({ name: 'semblance', version: serviceVersion, extensions: ['binary_tensor_data'] }),
  );
  app.get(
    '/v2/health/live',
    {
      config: { role: null, errors },
      schema: {
        operationId: 'checkInferenceLive',
        summary: 'Whether the server is live.',
        tags,
        response: { 200: z.object({ live: z.boolean() }) },
      },
    },
    async () => ({ live: true }),
  );
  app.get(
    '/v2/health/ready',
    {
      config: { role: null, errors, codes: ofReadiness },
      schema: {
        operationId: 'checkInferenceReady',
        summary: 'Whether the server is ready.',
        tags,
        response: { 200: z.object({ ready: z.boolean() }) },
      },
    },
    async () => {
      await requireReady(service);
      return { ready: true };
    },
  );

  for (const [base, { params, what }] of Object.entries(modelPaths)) {
    app.get(
      base,
      {
        config: { role: 'read', errors, codes: ['ROUTE_NOT_FOUND'] },
        schema: {
          operationId: `get${what}`,
          summary: 'Names and shapes of a model’s inputs and outputs.',
          tags,
          params,
          response: {
            200: z.object({
              name: z.string(),
              versions: z.array(z.string()),
              platform: z.string(),
              inputs: z.array(port),
              outputs: z.array(port),
            }),
          },
        },
      },
      async ({ params: { model, version } }) => {
        const name = modelOf(model);
        const { inputs, outputs } = unitOf(service, version).portsOf(name);
        const described = (ports: typeof inputs) =>
          ports.map((port) => ({
            name: port.name,
            datatype: 'FP32',
            shape: port.shape.map((size) => size ?? -1),
          }));
        const versions = service.deployments.fleet.entries.map((entry) => entry.name);
        return {
          ...{ name, versions, platform: 'onnx_onnxv1' },
          inputs: described(inputs),
          outputs: described(outputs),
        };
      },
    );

    app.get(
      `${base}/ready`,
      {
        config: { role: 'read', errors, codes: ['ROUTE_NOT_FOUND'] },
        schema: {
          operationId: `check${what}Ready`,
          summary: 'Whether a model is ready.',
          tags,
          params,
          response: { 200: z.object({ name: z.string(), ready: z.boolean() }) },
        },
      },
      async ({ params: { model, version } }) => {
        unitOf(service, version);
        return { name: modelOf(model), ready: true };
      },
    );
  }
};

export function modelOf(name: string): Model {
  if (name === 'detector' || name === 'recognizer') return name;
  throw new SemblanceError(
    'ROUTE_NOT_FOUND',
    `there is no model ${name.slice(0, 40)}: the models are detector and recognizer`,
  );
}

function unitOf(service: Service, version: string | undefined): ServingUnit {
  const { fleet } = service.deployments;
  if (version === undefined) return fleet.primary.unit;
  const entry = fleet.entries.find(({ name }) => name === version);
  if (!entry) throw new SemblanceError('ROUTE_NOT_FOUND', `no version ${version.slice(0, 80)} is deployed`);
  return entry.unit;
}

export function leaseOf(service: Service, version: string | undefined): Lease {
  const { fleet } = service.deployments;
  return version === undefined ? fleet.acquire() : fleet.acquireNamed(version);
}
