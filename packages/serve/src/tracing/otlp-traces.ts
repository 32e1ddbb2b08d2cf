import {
  DiagLogLevel,
  diag,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Env } from '@semblance/core';
import type { ServiceLog } from '../log/service-log.ts';
import type { RequestTraces } from './request-traces.ts';

/** How often it is said that traces cannot be sent. */
const SAY_EVERY_MS = 60_000;
/** The longest that the end of the service waits for the last of them. */
const CLOSE_MS = 5000;

const propagator = new W3CTraceContextPropagator();
const headerOf = {
  get: (headers: object, name: string) => (headers as Record<string, string>)[name],
  keys: (headers: object) => Object.keys(headers),
};

/** Traces that are sent by OTLP over HTTP, as JSON; the exporter takes its address and headers from the variables itself. */
export function otlpTraces(env: Env, version: string, log: ServiceLog): RequestTraces {
  let saidMs = -Infinity;
  const say = (message: string): void => {
    if (performance.now() - saidMs < SAY_EVERY_MS) return;
    saidMs = performance.now();
    log.event('warn', `traces cannot be sent: ${message.slice(0, 300)}`);
  };
  const silent = (): void => {};
  diag.setLogger(
    { error: say, warn: say, info: silent, debug: silent, verbose: silent },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const own = resourceFromAttributes({ 'service.name': 'semblance', 'service.version': version });
  const delayMs = Number(env.OTEL_BSP_SCHEDULE_DELAY) || 5000;
  const provider = new TracerProvider({
    // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES come before our own
    resource: defaultResource()
      .merge(own)
      .merge(detectResources({ detectors: [envDetector] })),
    sampler: samplerOf(env),
    spanProcessors: [
      new BatchSpanProcessor({ exporter: new OTLPTraceExporter(), scheduledDelayMillis: delayMs }),
    ],
  });
  const tracer = provider.getTracer('semblance', version);
  return {
    begin({ method, route, id, startMs, headers }) {
      // a clock that never jumps, set once for each request
      const originMs = Date.now() - performance.now();
      const from = propagator.extract(ROOT_CONTEXT, headers, headerOf);
      const attributes = {
        'http.request.method': method,
        'semblance.request_id': id,
        ...(route === undefined ? {} : { 'http.route': route }),
      };
      const name = route === undefined ? method : `${method} ${route}`;
      const span: Span = tracer.startSpan(
        name,
        { kind: SpanKind.SERVER, attributes, startTime: originMs + startMs },
        from,
      );
      const inside = trace.setSpan(from, span);
      return {
        stage: (stage, beginMs, endMs) =>
          tracer.startSpan(stage, { startTime: originMs + beginMs }, inside).end(originMs + endMs),
        end(status, code) {
          span.setAttribute('http.response.status_code', status);
          if (code !== null) span.setAttribute('error.type', code);
          if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end(originMs + performance.now());
        },
      };
    },
    async close() {
      const late = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_MS).unref());
      await Promise.race([provider.shutdown().catch((error: unknown) => say(String(error))), late]);
    },
  };
}

/** What OTEL_TRACES_SAMPLER names; all, or what the caller has decided, where it names none. */
function samplerOf({ OTEL_TRACES_SAMPLER: name = '', OTEL_TRACES_SAMPLER_ARG: ratio }: Env): Sampler {
  const kind = name.replace('parentbased_', '');
  const samplers: Record<string, () => Sampler> = {
    always_on: () => new AlwaysOnSampler(),
    always_off: () => new AlwaysOffSampler(),
    traceidratio: () => new TraceIdRatioBasedSampler(ratio === undefined ? 1 : Number(ratio)),
  };
  const root = (samplers[kind] ?? samplers.always_on!)();
  return samplers[name] ? root : new ParentBasedSampler({ root });
}
