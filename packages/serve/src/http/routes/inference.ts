import { z } from 'zod';
import { SemblanceError } from '../../error.ts';
import type { Lease } from '../../fleet/fleet.ts';
import type { ServingUnit } from '../../fleet/unit.ts';
import { leased } from '../leased.ts';
import type { RouteGroup, Service } from '../service.ts';
import { serviceVersion } from '../version.ts';
import { count, givenCount, givenText, numbers } from './schemas.ts';

type Model = 'detector' | 'recognizer';
const errors = 'inference-protocol' as const;
const tags = ['inference protocol v2'];
const port = z.object({ name: z.string(), datatype: z.string(), shape: z.array(z.number()) });
const givenTensor = z.object({
  name: givenText(),
  shape: z.array(givenCount()),
  datatype: givenText(),
  data: numbers,
});
type Tensor = z.output<typeof givenTensor>;
const tensor = z.object({ name: z.string(), shape: z.array(count), datatype: z.string(), data: numbers });

const model = givenText();
const modelPaths: Record<string, z.ZodType<{ model: string; version?: string }>> = {
  '/v2/models/:model': z.object({ model }),
  '/v2/models/:model/versions/:version': z.object({ model, version: givenText() }),
};

/** The Open Inference Protocol v2: the networks themselves, on numbers as they are. */
export const inferenceRoutes: RouteGroup = (app, service) => {
  app.get(
    '/v2',
    {
      config: { role: null, errors },
      schema: {
        summary: 'What this server is.',
        tags,
        response: {
          200: z.object({ name: z.string(), version: z.string(), extensions: z.array(z.string()) }),
        },
      },
    },
    async () => ({ name: 'semblance', version: serviceVersion, extensions: [] }),
  );
  for (const [path, key] of [
    ['/v2/health/live', 'live'],
    ['/v2/health/ready', 'ready'],
  ] as const) {
    app.get(
      path,
      { config: { role: null, errors }, schema: { summary: `Whether the server is ${key}.`, tags } },
      async () => {
        const isReady = !service.isDraining && !service.deployments.fleet.isEmpty;
        if (key === 'ready' && !isReady) throw new SemblanceError('SHUTTING_DOWN');
        return { [key]: true };
      },
    );
  }

  for (const [base, params] of Object.entries(modelPaths)) {
    app.get(
      base,
      {
        config: { role: 'read', errors },
        schema: {
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
        config: { role: 'read', errors },
        schema: {
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

    app.post(
      `${base}/infer`,
      {
        config: { role: 'read', isInference: true, errors },
        schema: {
          summary: 'Runs a model.',
          tags,
          params,
          body: z.object({
            id: givenText().optional(),
            inputs: z.array(givenTensor).min(1).max(1),
            outputs: z.array(z.object({ name: givenText() })).optional(),
          }),
          response: {
            200: z.object({
              ...{ model_name: z.string(), model_version: z.string(), id: z.string().optional() },
              outputs: z.array(tensor),
            }),
          },
        },
      },
      async ({ params: { model, version }, body }) => {
        const name = modelOf(model);
        const lease = leaseOf(service, version);
        return leased(lease, async (unit) => {
          const input = body.inputs[0]!;
          const data = checkInput(unit, name, input);
          const found = await unit.infer(name, { data, shape: input.shape });
          const wanted = body.outputs?.map((output) => output.name) ?? found.map((output) => output.name);
          const outputs = wanted.map((wantedName) => {
            const output = found.find((candidate) => candidate.name === wantedName);
            if (!output) throw new SemblanceError('REQUEST_INVALID', `${name} has no output ${wantedName}`);
            return { name: wantedName, shape: output.shape, datatype: 'FP32', data: [...output.data] };
          });
          return {
            ...{ model_name: name, model_version: lease.name, outputs },
            ...(body.id === undefined ? {} : { id: body.id }),
          };
        });
      },
    );
  }
};

function modelOf(name: string): Model {
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

function leaseOf(service: Service, version: string | undefined): Lease {
  const { fleet } = service.deployments;
  return version === undefined ? fleet.acquire() : fleet.acquireNamed(version);
}

/** The numbers of an input that has the model's shape. */
function checkInput(unit: ServingUnit, model: Model, { name, shape, datatype, data }: Tensor): Float32Array {
  const [port] = unit.portsOf(model).inputs;
  const expected = port!.shape.map((size) => size ?? '?').join(' × ');
  if (name !== port!.name || datatype !== 'FP32') {
    throw new SemblanceError(
      'REQUEST_INVALID',
      `expected ${port!.name} of FP32 but received ${name} of ${datatype}`,
    );
  }
  const fits =
    shape.length === port!.shape.length && shape.every((size, i) => [null, size].includes(port!.shape[i]!));
  const flat = data.flat(8) as number[];
  if (!fits || flat.length !== shape.reduce((product, size) => product * size, 1) || flat.length === 0) {
    throw new SemblanceError(
      'REQUEST_INVALID',
      `expected ${expected} numbers but received ${shape.join(' × ')} with ${flat.length}`,
    );
  }
  if (!flat.every((value) => typeof value === 'number')) {
    throw new SemblanceError('REQUEST_INVALID', 'expected numbers in data');
  }
  return Float32Array.from(flat);
}
