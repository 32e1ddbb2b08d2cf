import { isTelemetryOff } from '@semblance/core/no-telemetry';
import { TorchError } from '../error.ts';

export type OnnxRuntime = typeof import('onnxruntime-node');

/**
 * ONNX Runtime, with its telemetry off; the one place of this package that loads it. It is an optional peer.
 *
 * @throws TorchError EXPORT_RUNTIME_MISSING; TELEMETRY_NOT_OFF in a worker thread of a process whose main thread has not
 * imported this entry.
 */
export async function loadOnnxRuntime(): Promise<OnnxRuntime> {
  if (!isTelemetryOff()) {
    throw new TorchError(
      'TELEMETRY_NOT_OFF',
      'ONNX Runtime would send telemetry, and a worker thread cannot turn that off: ' +
        "import '@semblance/torch/onnx' in the main thread first, start Node with ORT_DISABLE_TELEMETRY=1, " +
        'or export with { parity: false } to leave the check out',
    );
  }
  try {
    return await import('onnxruntime-node');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    const hint = 'install onnxruntime-node, or export with { parity: false } to leave the check out';
    throw new TorchError(
      'EXPORT_RUNTIME_MISSING',
      `onnxruntime-node could not be loaded (${reason}): ${hint}`,
      {
        cause,
      },
    );
  }
}
