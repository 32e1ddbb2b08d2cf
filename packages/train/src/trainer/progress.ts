/** What a training run reports while it goes on. */
export type TrainingEvent =
  | {
      kind: 'start';
      totalSteps: number;
      startStep: number;
      epochs: number;
      numImages: number;
      numParameters: number;
    }
  | StepEvent
  | { kind: 'evaluation'; step: number; metrics: Readonly<Record<string, number>> }
  | { kind: 'checkpoint'; step: number; path: string }
  | { kind: 'message'; text: string };

export interface StepEvent {
  kind: 'step';
  /** Steps done, of `totalSteps`. */
  step: number;
  totalSteps: number;
  /** From 1. */
  epoch: number;
  epochs: number;
  loss: number;
  lr: number;
  /** Parts of the loss, training accuracy and the like. */
  metrics: Readonly<Record<string, number>>;
  stepsPerSecond: number;
  imagesPerSecond: number;
  etaSeconds: number;
}

export type OnProgress = (event: TrainingEvent) => void;

/** Speed over the last steps: long enough to be steady, short enough to notice a change. */
export class SpeedMeter {
  private readonly times: number[] = [];
  private readonly window: number;

  constructor(window = 20) {
    this.window = window;
  }

  /** Notes that a step is done; gives steps per second, 0 before the second one. */
  tick(nowMs = performance.now()): number {
    this.times.push(nowMs);
    if (this.times.length > this.window + 1) this.times.shift();
    const elapsedMs = nowMs - this.times[0]!;
    return elapsedMs > 0 ? ((this.times.length - 1) * 1000) / elapsedMs : 0;
  }
}
