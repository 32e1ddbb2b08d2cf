import type {
  FastifyDynamicSwaggerOptions,
  SwaggerTransform,
  SwaggerTransformObject,
} from '@fastify/swagger';
import type { FastifySchema } from 'fastify';
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { ErrorCode } from '../../error.ts';
import { CSRF_HEADER, SESSION_COOKIE } from '../auth.ts';
import type { Compat } from '../contracts.ts';
import type { RouteConfig } from '../service.ts';
import { errorAnswers, errorSchemas } from './error-answers.ts';
import { codesOf } from './error-codes.ts';
import { otherAnswer, pictureForms, withTensors } from './media.ts';
import { tags } from './tags.ts';
import { withoutUnused } from './unused.ts';

const zodToJsonConfig: Parameters<typeof createJsonSchemaTransform>[0]['zodToJsonConfig'] = {
  override({ zodSchema, jsonSchema }) {
    const { def } = zodSchema._zod;
    const isClosed = def.type === 'object' && 'catchall' in def && def.catchall !== undefined;
    // an answer may say more in a later version
    if (jsonSchema.additionalProperties === false && !isClosed) delete jsonSchema.additionalProperties;
    // the range of whole numbers in JavaScript goes without saying
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  },
};
const toJsonSchemas = createJsonSchemaTransform({ zodToJsonConfig }) as SwaggerTransform<FastifySchema>;
const namedSchemas = createJsonSchemaTransformObject({ zodToJsonConfig }) as SwaggerTransformObject;

/** What a route says that is put into its operation at the end. */
interface Said {
  url: string;
  config: Partial<RouteConfig>;
  codes: readonly ErrorCode[];
}
const SAID = 'x-said';

/** What the document says of a route by itself: the schemas that check it, and the key it needs. */
const describe: SwaggerTransform<FastifySchema> = (input) => {
  const { schema, url } = toJsonSchemas(input);
  if (schema.hide) return { schema, url };
  const { config = {} } = input.route;
  const { role = 'admin' } = config;
  if (!schema.operationId) throw new Error(`${input.route.method} ${url} has no operationId`);
  const said: Said = { url, config, codes: codesOf(config, schema, String(input.route.method)) };
  return {
    url,
    schema: {
      ...schema,
      [SAID]: said,
      security: role === null ? [] : ['key', 'bearer', 'session'].map((scheme) => ({ [scheme]: [role] })),
    },
  };
};

interface Operation {
  [SAID]?: Said;
  requestBody?: { required?: boolean; content: Record<string, object> };
  responses: Record<string, { description: string; content?: Record<string, object> }>;
}

/** Adds to an operation what is not JSON, and the errors it may answer. */
function finish(operation: Operation, compat: Compat): void {
  const { [SAID]: said } = operation;
  if (said === undefined) return;
  delete operation[SAID];
  const { config, codes, url } = said;
  if (config.pictures)
    operation.requestBody = { required: true, content: pictureForms(config.pictures, config.mostPictures) };
  for (const answer of Object.values(operation.responses)) {
    if (answer.description === 'Default Response') answer.description = 'The answer.';
    if (config.answers) answer.content = otherAnswer(config.answers);
    if (config.takesTensors) answer.content = withTensors(answer.content);
  }
  if (config.takesTensors) operation.requestBody!.content = withTensors(operation.requestBody!.content);
  Object.assign(operation.responses, errorAnswers(url, codes, config.errors, compat));
}

/** How the OpenAPI 3.1 document of the API is made from the routes. */
export const openApiOptions = (version: string, compat: Compat): FastifyDynamicSwaggerOptions => ({
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Semblance',
      version,
      description: 'Detects, recognises and verifies faces; trains and deploys the models that do.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The service that gives this document.' }],
    tags,
    components: {
      schemas: errorSchemas as never,
      securitySchemes: {
        key: {
          ...{ type: 'apiKey', in: 'header', name: 'x-api-key' },
          description: 'A key from `semblance keys create`; its role is `read`, `enrol` or `admin`.',
        },
        session: {
          ...{ type: 'apiKey', in: 'cookie', name: SESSION_COOKIE },
          description: `What signing in sets. Requests that change something carry its token as \`${CSRF_HEADER}\`, too.`,
        },
        bearer: { type: 'http', scheme: 'bearer', description: 'The same key as a bearer token.' },
      },
    },
  },
  transform: describe,
  transformObject(input) {
    const document = namedSchemas(input);
    const items = Object.values(document.paths ?? {}) as Record<string, Operation>[];
    for (const item of items) for (const operation of Object.values(item)) finish(operation, compat);
    return withoutUnused(document as never);
  },
});
