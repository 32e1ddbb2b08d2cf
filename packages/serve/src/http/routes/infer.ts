import { z } from 'zod';
import { SemblanceError } from '../../error.ts';
import { askerOf, leased } from '../leased.ts';
import type { App, RouteGroup, Service } from '../service.ts';
import { bytesBehind, JSON_LENGTH, readTensorBodies } from '../tensor-bodies.ts';
import { answerTensors, readTensor } from '../tensors.ts';
import { errors, leaseOf, modelOf, modelPaths, tags } from './inference.ts';
import { count, givenCount, givenFlag, givenText, numbers } from './schemas.ts';

const binarySize = z.object({ binary_data_size: givenCount().optional() });
const givenTensor = z
  .object({
    name: givenText(),
    shape: z.array(givenCount()).max(8),
    datatype: givenText(),
    data: numbers.optional(),
    parameters: binarySize.optional(),
  })
  .meta({ id: 'GivenTensor' });
const tensor = z
  .object({
    name: z.string(),
    shape: z.array(count),
    datatype: z.string(),
    data: numbers.optional(),
    parameters: z.object({ binary_data_size: count }).optional(),
  })
  .meta({ id: 'Tensor', description: 'Numbers in `data`, or as bytes behind the JSON.' });

/** The Open Inference Protocol v2: the networks themselves, on numbers as they are, with the extension for binary tensors. */
export const inferRoutes: RouteGroup = (app, service) => {
  void app.register(async (scope) => {
    readTensorBodies(scope as App);
    for (const base of Object.keys(modelPaths)) addInfer(scope as App, service, base);
  });
};

function addInfer(app: App, service: Service, base: string): void {
  const { params, what } = modelPaths[base]!;
  app.post(
    `${base}/infer`,
    {
      bodyLimit: service.limits.maxBodyBytes,
      config: { role: 'read', isInference: true, errors, takesTensors: true, codes: ['ROUTE_NOT_FOUND'] },
      schema: {
        operationId: `infer${what}`,
        summary: 'Runs a model.',
        tags,
        params,
        body: z.object({
          id: givenText().optional(),
          inputs: z.array(givenTensor).min(1).max(1),
          outputs: z
            .array(
              z.object({
                name: givenText(),
                parameters: z.object({ binary_data: givenFlag.optional() }).optional(),
              }),
            )
            .max(16)
            .optional(),
          parameters: z.object({ binary_data_output: givenFlag.optional() }).optional(),
        }),
        response: {
          200: z.object({
            ...{ model_name: z.string(), model_version: z.string(), id: z.string().optional() },
            outputs: z.array(tensor),
          }),
        },
      },
    },
    async (request, reply) => {
      const { params, body } = request;
      const name = modelOf(params.model);
      const lease = leaseOf(service, params.version);
      const answer = await leased(lease, async (unit) => {
        const input = body.inputs[0]!;
        const data = readTensor(unit.portsOf(name).inputs[0]!, input, bytesBehind(request));
        const found = await unit.infer(name, { data, shape: input.shape }, askerOf(request, reply));
        const wanted = body.outputs?.map((output) => {
          const tensor = found.find((candidate) => candidate.name === output.name);
          if (!tensor) {
            const message = `${name} has no output ${output.name.slice(0, 40)}`;
            throw new SemblanceError('REQUEST_INVALID', message);
          }
          return tensor;
        });
        const isBinary = (output: string): boolean =>
          body.outputs?.find((wanted) => wanted.name === output)?.parameters?.binary_data ??
          body.parameters?.binary_data_output ??
          false;
        return answerTensors(wanted ?? found, isBinary);
      });
      const json = {
        ...{ model_name: name, model_version: lease.name, outputs: answer.outputs },
        ...(body.id === undefined ? {} : { id: body.id }),
      };
      if (answer.bytes.length === 0) return json;
      const head = Buffer.from(JSON.stringify(json));
      reply.header('content-type', 'application/octet-stream').header(JSON_LENGTH, head.length);
      return reply.send(Buffer.concat([head, ...answer.bytes]) as never);
    },
  );
}
