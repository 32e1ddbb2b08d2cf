/**
 * Imported for its effect alone: tells ONNX Runtime to report nothing, before it is loaded.
 *
 * @module
 */

// Importing this file, in the main thread and before ONNX Runtime is loaded, keeps ONNX Runtime silent in this process
// and in every process started from it.

/**
 * What a process's environment must hold for ONNX Runtime to send nothing. Without it, versions from 1.29 on keep a
 * device id and events under the user's cache folder, write a log to the temporary folder and upload both (Linux, macOS).
 */
export const noTelemetry: Readonly<Record<string, string>> = {
  ORT_DISABLE_TELEMETRY: '1',
  // its earlier name
  ORT_TELEMETRY_DISABLED: '1',
};

Object.assign(process.env, noTelemetry);

/**
 * Whether the opt-out stands in the environment that native code reads. A worker thread's `process.env` is a copy, as is
 * that of a test runner's sandbox: what is set there changes nothing for ONNX Runtime.
 */
export function isTelemetryOff(): boolean {
  return realEnvironment().ORT_DISABLE_TELEMETRY === noTelemetry.ORT_DISABLE_TELEMETRY;
}

/** The environment of the process itself: Node shows it to every thread in its diagnostic report, and nowhere else. */
function realEnvironment(): Record<string, string | undefined> {
  const report: NodeJS.ProcessReport & { excludeNetwork?: boolean } = process.report;
  const { excludeNetwork = false, excludeEnv = false } = report;
  // a report that describes the network looks up the names of all connected hosts
  Object.assign(report, { excludeNetwork: true, excludeEnv: false });
  try {
    return (
      (report.getReport() as { environmentVariables?: Record<string, string> }).environmentVariables ?? {}
    );
  } finally {
    Object.assign(report, { excludeNetwork, excludeEnv });
  }
}
