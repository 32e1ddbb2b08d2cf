import type { Env } from '@semblance/core';
import type { ServiceLog } from '../log/service-log.ts';
import type { RequestTraces } from './request-traces.ts';

const PACKAGES = ['api', 'core', 'exporter-trace-otlp-http', 'resources', 'sdk-trace'];

/**
 * Traces of requests by OpenTelemetry where its variables name who takes them; null where they do not, and nothing is loaded.
 * A service whose packages are missing serves without.
 *
 * @param version of the service
 */
export async function openTraces(env: Env, version: string, log: ServiceLog): Promise<RequestTraces | null> {
  const endpoint = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || env.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (!endpoint || env.OTEL_SDK_DISABLED === 'true' || env.OTEL_TRACES_EXPORTER === 'none') return null;
  try {
    const { otlpTraces } = await import('./otlp-traces.ts');
    return otlpTraces(env, version, log);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    const names = PACKAGES.map((name) => `@opentelemetry/${name}`).join(' ');
    log.event('warn', `no traces are sent: their packages are not installed (npm install ${names})`);
    return null;
  }
}
