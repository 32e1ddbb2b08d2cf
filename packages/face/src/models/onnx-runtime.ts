import { isTelemetryOff } from '@semblance/core/no-telemetry';
import { SemblanceError } from '../error.ts';

/**
 * ONNX Runtime, with its telemetry off; the one place of this package that loads it. It is loaded when it is first
 * needed: those who only read images or galleries never wait for it.
 *
 * @throws SemblanceError TELEMETRY_NOT_OFF in a worker thread of a process whose main thread has not imported this package.
 */
export async function loadOnnxRuntime(): Promise<typeof import('onnxruntime-node')> {
  if (!isTelemetryOff()) {
    throw new SemblanceError(
      'TELEMETRY_NOT_OFF',
      'ONNX Runtime would send telemetry, and a worker thread cannot turn that off: ' +
        "import '@semblance/face' in the main thread first, or start Node with ORT_DISABLE_TELEMETRY=1",
    );
  }
  return import('onnxruntime-node');
}
