/** Stages of an answer, in their order: the body arrives, and each work waits for a worker before one does it. */
export const stages = [
  ...(['receive', 'detect_wait', 'detect', 'embed_wait', 'embed'] as const),
  ...(['infer_wait', 'infer', 'search'] as const),
] as const;
export type Stage = (typeof stages)[number];

/** Told of a stage that has ended, with its times by `performance.now()`. */
export type OnStage = (stage: Stage, startMs: number, endMs: number) => void;

/** Does one stage of an answer, and tells of it. */
export async function asStage<Value>(
  stage: Stage,
  onStage: OnStage | undefined,
  work: () => Promise<Value>,
): Promise<Value> {
  const startMs = performance.now();
  try {
    return await work();
  } finally {
    onStage?.(stage, startMs, performance.now());
  }
}
