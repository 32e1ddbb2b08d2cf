import type { FastifyInstance, RouteOptions } from 'fastify';

interface Schema {
  summary?: string;
  tags?: string[];
  querystring?: ObjectSchema;
  params?: ObjectSchema;
  body?: unknown;
  response?: Record<string, unknown>;
}
interface ObjectSchema {
  properties?: Record<string, { description?: string }>;
  required?: string[];
}

/** Takes down every route that is added from now on. */
export function collectRoutes(app: FastifyInstance): RouteOptions[] {
  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => {
    if (route.method !== 'HEAD') routes.push(route);
  });
  return routes;
}

/** The OpenAPI 3.1 document of these routes, made from the schemas that check them. */
export function openApiDocument(routes: readonly RouteOptions[], version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = route.url.replace(/:(\w+)/g, '{$1}');
    const methods = Array.isArray(route.method) ? route.method : [route.method];
    for (const method of methods) {
      paths[path] ??= {};
      paths[path][method.toLowerCase()] = operation(route);
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Semblance', version, description: 'Detects, recognises and verifies faces.' },
    components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'x-api-key' } } },
    paths,
  };
}

function operation({ schema, config }: RouteOptions): object {
  const { summary, tags, querystring, params, body, response } = (schema ?? {}) as Schema;
  const { role = 'admin', pictures } = config ?? {};
  const responses = Object.fromEntries(
    Object.entries(response ?? { 200: {} }).map(([status, content]) => [
      status,
      { description: 'the answer', content: { 'application/json': { schema: content } } },
    ]),
  );
  return {
    ...(summary ? { summary } : {}),
    ...(tags ? { tags } : {}),
    ...(role === null ? { security: [] } : { security: [{ key: [role] }] }),
    parameters: [...parameters('path', params), ...parameters('query', querystring)],
    ...requestBody(body, pictures),
    responses,
  };
}

function parameters(place: 'path' | 'query', schema: ObjectSchema | undefined): object[] {
  return Object.entries(schema?.properties ?? {}).map(([name, { description, ...rest }]) => ({
    ...{ name, in: place, schema: rest },
    ...(description ? { description } : {}),
    required: place === 'path' || (schema?.required?.includes(name) ?? false),
  }));
}

function requestBody(body: unknown, pictures: readonly string[] | undefined): object {
  if (pictures) {
    const form = Object.fromEntries(pictures.map((name) => [name, { type: 'string', format: 'binary' }]));
    const json = Object.fromEntries(
      pictures.map((name) => [name, { type: 'string', contentEncoding: 'base64' }]),
    );
    const object = (properties: object) => ({ schema: { type: 'object', properties, required: pictures } });
    return {
      requestBody: {
        required: true,
        content: { 'multipart/form-data': object(form), 'application/json': object(json) },
      },
    };
  }
  if (body === undefined) return {};
  return { requestBody: { required: true, content: { 'application/json': { schema: body } } } };
}
