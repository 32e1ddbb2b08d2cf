import { join } from 'node:path';
import { MetricsLog } from './metrics-log.ts';
import type { RunPlan } from './plan.ts';
import { type OnProgress, SpeedMeter } from './progress.ts';
import type { StepResult } from './update.ts';

/** The loss that a run reports at its end is the mean over so many last steps. */
const recentSteps = 20;

export interface RunReportOptions {
  /** Folder of the run: metrics.jsonl goes here. */
  out: string;
  plan: RunPlan;
  onProgress: OnProgress;
  /** Rank 0: the others tell nobody and write nothing. */
  isFirst: boolean;
}

/** Tells of a run as it goes: events to whoever watches, lines to metrics.jsonl. */
export class RunReport {
  /** Of the last step. */
  metrics: StepResult['metrics'] = {};
  private readonly options: RunReportOptions;
  private readonly tell: OnProgress;
  private readonly speed = new SpeedMeter();
  private recentLosses: number[] = [];
  private readonly toldOf = new Set<string>();
  private startMs = 0;
  private log: MetricsLog | null = null;

  constructor(options: RunReportOptions) {
    this.options = options;
    this.tell = options.isFirst ? options.onProgress : () => {};
  }

  start(stepsDone: number, numParameters: number): void {
    this.openLog(stepsDone);
    const { totalSteps, epochs, numImages } = this.options.plan;
    this.tell({ kind: 'start', totalSteps, startStep: stepsDone, epochs, numImages, numParameters });
    this.startMs = performance.now();
    this.speed.tick();
  }

  step(step: number, { loss, metrics, lr }: StepResult): void {
    const { plan } = this.options;
    const { totalSteps, epochs } = plan;
    const epoch = plan.position(step - 1).epoch + 1;
    const stepsPerSecond = this.speed.tick();
    const imagesPerSecond = stepsPerSecond * plan.batchSize;
    const etaSeconds = stepsPerSecond > 0 ? (totalSteps - step) / stepsPerSecond : 0;
    const rounded = Math.round(imagesPerSecond * 10) / 10;
    const progress = { totalSteps, etaSeconds: Math.round(etaSeconds) };
    this.log?.write({ step, epoch, loss, lr, ...metrics, imagesPerSecond: rounded, ...progress });
    this.recentLosses = [...this.recentLosses.slice(1 - recentSteps), loss];
    this.metrics = metrics;
    const speeds = { stepsPerSecond, imagesPerSecond, etaSeconds };
    this.tell({ kind: 'step', step, totalSteps, epoch, epochs, loss, lr, metrics, ...speeds });
  }

  evaluation(step: number, metrics: Readonly<Record<string, number>>): void {
    this.log?.write({ step, evaluation: metrics });
    this.tell({ kind: 'evaluation', step, metrics });
  }

  checkpoint(step: number, path: string): void {
    this.tell({ kind: 'checkpoint', step, path });
  }

  /** The run is back at `step`: lines of later steps are taken out of the log. */
  recovery(step: number, cause: string, lrFactor: number): void {
    this.log?.close();
    this.openLog(step);
    this.log?.write({ step, recovery: { cause, lrFactor } });
    this.message(`${cause}; back to step ${step} with lr × ${lrFactor}`);
  }

  message(text: string): void {
    this.tell({ kind: 'message', text });
  }

  /** A photo that cannot be used, with the reason; told once. */
  leftOut(what: string): void {
    if (this.toldOf.has(what)) return;
    this.toldOf.add(what);
    this.message(`${what} and is left out`);
  }

  /** Mean loss over the last steps. */
  get loss(): number {
    const sum = this.recentLosses.reduce((total, loss) => total + loss, 0);
    return sum / Math.max(1, this.recentLosses.length);
  }

  get seconds(): number {
    return (performance.now() - this.startMs) / 1000;
  }

  close(): void {
    this.log?.close();
  }

  private openLog(step: number): void {
    const { isFirst, out } = this.options;
    this.log = isFirst ? new MetricsLog(join(out, 'metrics.jsonl'), step) : null;
  }
}
