import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Timing } from '../serve/unit.ts';
import { Metrics } from './metrics.ts';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The service's own numbers. */
export class ServiceMetrics {
  readonly metrics = new Metrics();
  readonly requests = this.metrics.counter('semblance_requests_total', 'Requests by route and status.');
  readonly seconds = this.metrics.histogram(
    'semblance_request_seconds',
    'Time from the head of a request to the end of its answer.',
    SECONDS,
  );
  readonly faces = this.metrics.counter('semblance_faces_total', 'Faces found in pictures.');
  readonly #steps = this.metrics.histogram(
    'semblance_step_seconds',
    'Time of each step of an answer.',
    SECONDS,
  );
  readonly batch = this.metrics.histogram(
    'semblance_batch_faces',
    'Faces of one batch of the recognizer.',
    [1, 2, 4, 8, 16, 32],
  );
  readonly #loop = monitorEventLoopDelay({ resolution: 10 });

  constructor() {
    this.#loop.enable();
    this.metrics.gauge('semblance_event_loop_p99_seconds', 'Lateness of the event loop.', () => {
      const late = this.#loop.percentile(99) / 1e9;
      this.#loop.reset();
      return [[{}, late]];
    });
    this.metrics.gauge('process_resident_memory_bytes', 'Memory of the process.', () => [
      [{}, process.memoryUsage.rss()],
    ]);
  }

  timing(timing: Timing): void {
    for (const [step, ms] of Object.entries(timing)) {
      this.#steps((ms as number) / 1000, { step: step.slice(0, -2) });
    }
  }
}
