import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Timing } from '@semblance/face/pipeline';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { SemblanceError } from '../error.ts';
import { type Stage, stages } from '../fleet/stages.ts';
import { replacementReasons, type UnitEvents } from '../fleet/unit-events.ts';

/** Why requests are sent away: all places are taken, or those of a key; its rate; the service ends; the work was too long. */
const shedReasons = ['full', 'key_full', 'rate', 'shutting_down', 'too_costly'] as const;
const shedBy: Readonly<Partial<Record<string, (typeof shedReasons)[number]>>> = {
  RATE_LIMITED: 'rate',
  SHUTTING_DOWN: 'shutting_down',
  REQUEST_TOO_COSTLY: 'too_costly',
};

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Numbers about one service, read in Prometheus' text form. Services of one process have registers of their own. */
export class ServiceMetrics {
  readonly registry = new Registry();
  readonly #of = { registers: [this.registry] };
  readonly requests = new Counter({
    ...{ name: 'semblance_requests_total', help: 'Requests by route and status.' },
    ...{ labelNames: ['route', 'method', 'status'], ...this.#of },
  });
  readonly seconds = new Histogram({
    name: 'semblance_request_seconds',
    help: 'Time from the head of a request to the end of its answer.',
    ...{ labelNames: ['route'], buckets: SECONDS, ...this.#of },
  });
  readonly faces = new Counter({
    ...{ name: 'semblance_faces_total', help: 'Faces found in pictures.', ...this.#of },
  });
  readonly #steps = new Histogram({
    ...{ name: 'semblance_step_seconds', help: 'Time of each step of an answer.' },
    ...{ labelNames: ['step'], buckets: SECONDS, ...this.#of },
  });
  readonly batch = new Histogram({
    ...{ name: 'semblance_batch_faces', help: 'Faces of one batch of the recognizer.' },
    ...{ buckets: [1, 2, 4, 8, 16, 32], ...this.#of },
  });
  /** Of each stage of an answer, the waiting among them. */
  readonly #stages = new Histogram({
    ...{ name: 'semblance_stage_seconds', help: 'Time of each stage of an answer, waiting apart from work.' },
    ...{ labelNames: ['stage'], buckets: SECONDS, ...this.#of },
  });
  readonly #shed = new Counter({
    ...{ name: 'semblance_shed_total', help: 'Requests that were sent away so that others are served.' },
    ...{ labelNames: ['reason'], ...this.#of },
  });
  readonly #replacements = new Counter({
    ...{ name: 'semblance_worker_replacements_total', help: 'Workers that ended and were replaced.' },
    ...{ labelNames: ['role', 'reason'], ...this.#of },
  });
  /** What happens in units, counted. */
  readonly ofUnits: UnitEvents = {
    onBatch: (size) => this.batch.observe(size),
    onReplaced: (role, reason) => this.#replacements.inc({ role, reason }),
  };
  readonly #loop = monitorEventLoopDelay({ resolution: 10 });

  constructor() {
    // what has not happened yet is 0 rather than missing
    for (const reason of shedReasons) this.#shed.inc({ reason }, 0);
    for (const reason of replacementReasons)
      for (const role of ['pictures', 'crops']) this.#replacements.inc({ role, reason }, 0);
    for (const stage of stages) this.#stages.zero({ stage });
    this.#loop.enable();
    this.gauge('semblance_event_loop_p99_seconds', 'Lateness of the event loop.', () => {
      const late = this.#loop.percentile(99) / 1e9;
      this.#loop.reset();
      return late;
    });
    this.gauge('process_resident_memory_bytes', 'Memory of the process.', () => process.memoryUsage.rss());
  }

  /** Adds a number that is asked for whenever the metrics are read. */
  gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      ...{ name, help, ...this.#of },
      collect() {
        this.set(read());
      },
    });
  }

  /** Adds a number for each deployment, asked for like {@link gauge}; one that serves no longer is left out. */
  gaugeByDeployment(
    name: string,
    help: string,
    read: () => Iterable<[deployment: string, value: number]>,
  ): void {
    new Gauge({
      ...{ name, help, labelNames: ['deployment'], ...this.#of },
      collect() {
        this.reset();
        for (const [deployment, value] of read()) this.set({ deployment }, value);
      },
    });
  }

  stage(stage: Stage, startMs: number, endMs: number): void {
    this.#stages.observe({ stage }, (endMs - startMs) / 1000);
  }

  /** Counts a refusal, where it is one that spares the others. */
  refused({ code, details }: SemblanceError): void {
    const reason = code === 'OVERLOADED' ? (details.reason ?? 'full') : shedBy[code];
    if (reason !== undefined) this.#shed.inc({ reason: reason as string });
  }

  timing(timing: Timing): void {
    for (const [step, ms] of Object.entries(timing)) {
      this.#steps.observe({ step: step.slice(0, -'Ms'.length) }, (ms as number) / 1000);
    }
  }
}
