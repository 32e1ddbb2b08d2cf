import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Timing } from '@semblance/face/pipeline';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

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
  readonly #loop = monitorEventLoopDelay({ resolution: 10 });

  constructor() {
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

  timing(timing: Timing): void {
    for (const [step, ms] of Object.entries(timing)) {
      this.#steps.observe({ step: step.slice(0, -'Ms'.length) }, (ms as number) / 1000);
    }
  }
}
