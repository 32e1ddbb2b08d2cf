import type { FastifyDynamicSwaggerOptions, SwaggerTransform } from '@fastify/swagger';
import type { FastifySchema } from 'fastify';
import { createJsonSchemaTransform } from 'fastify-type-provider-zod';

const description = 'the answer';

const toJsonSchemas = createJsonSchemaTransform({
  zodToJsonConfig: {
    override({ zodSchema, jsonSchema }) {
      const { def } = zodSchema._zod;
      const isClosed = def.type === 'object' && 'catchall' in def && def.catchall !== undefined;
      // an answer may say more in a later version
      if (jsonSchema.additionalProperties === false && !isClosed) delete jsonSchema.additionalProperties;
      // the range of whole numbers in JavaScript goes without saying
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  },
}) as SwaggerTransform<FastifySchema>;

/** What the document says of a route: the schemas that check it, the key it needs, and the pictures it takes. */
const describe: SwaggerTransform<FastifySchema> = (input) => {
  const { schema, url } = toJsonSchemas(input);
  const { role = 'admin', pictures, answers } = input.route.config ?? {};
  const other = answers
    ? { content: { [answers]: { schema: answers.startsWith('text/') ? { type: 'string' } : {} } } }
    : { type: 'null' };
  const responses = Object.entries((schema.response ?? { 200: other }) as Record<string, object>);
  return {
    url,
    schema: {
      ...schema,
      security: role === null ? [] : [{ key: [role] }],
      ...(pictures ? { body: { content: pictureForms(pictures) } } : {}),
      response: Object.fromEntries(
        responses.map(([status, answer]) => [status, { 'x-response-description': description, ...answer }]),
      ),
    },
  };
};

/** Pictures as parts of a form, or as base64 in JSON. */
function pictureForms(names: readonly string[]): Record<string, object> {
  const form = (part: object) => ({
    schema: {
      type: 'object',
      properties: Object.fromEntries(names.map((name) => [name, part])),
      required: names,
    },
  });
  return {
    'multipart/form-data': form({ type: 'string', format: 'binary' }),
    'application/json': form({ type: 'string', contentEncoding: 'base64' }),
  };
}

/** How the OpenAPI 3.1 document of the API is made from the routes. */
export const openApiOptions = (version: string): FastifyDynamicSwaggerOptions => ({
  openapi: {
    openapi: '3.1.0',
    info: { title: 'Semblance', version, description: 'Detects, recognises and verifies faces.' },
    components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'x-api-key' } } },
  },
  transform: describe,
});
