/** A typed client of the Semblance service, for Node.js and browsers. */
export { type Client, type ClientOptions, createClient, type VersionPlace } from './client.ts';
export { type Answer, dataOf } from './data-of.ts';
export type { Picture } from './pictures.ts';
export type { components, operations, paths } from './schema.gen.ts';
export { ServiceError } from './service-error.ts';
