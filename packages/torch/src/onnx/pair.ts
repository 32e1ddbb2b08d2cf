import { TorchError } from '../error.ts';
import { type Trace, type TracedCall, TracedValue } from './trace.ts';

/** A call with its arguments in both traces. */
export interface PairedCall extends TracedCall {
  probeArgs: unknown[];
}

export interface PairedTrace extends Trace {
  calls: PairedCall[];
}

/**
 * One trace out of two that were taken with inputs of different sizes and content: shapes and arguments that differ are
 * those that follow the inputs' sizes.
 *
 * @throws TorchError EXPORT_INVALID where the two runs took different ways, or a constant follows the inputs
 */
export function pairTraces(trace: Trace, probe: Trace): PairedTrace {
  if (trace.calls.length !== probe.calls.length || trace.outputs.length !== probe.outputs.length) {
    throw differs(`${trace.calls.length} operators against ${probe.calls.length}`);
  }
  const seen = new Set<TracedValue>();
  const pairValue = (value: TracedValue, other: TracedValue, where: string): void => {
    if (seen.has(value)) return;
    seen.add(value);
    if (value.id !== other.id || value.dtype !== other.dtype || value.shape.length !== other.shape.length) {
      throw differs(`a tensor in ${where}`);
    }
    value.probeShape = other.shape;
    const [a, b] = [value.origin, other.origin];
    if (a.kind !== b.kind) throw differs(`a tensor in ${where}`);
    if (a.kind === 'constant' && b.kind === 'constant' && Buffer.compare(a.bytes, b.bytes) !== 0) {
      throw new TorchError(
        'EXPORT_INVALID',
        `A constant [${value.shape}] read in ${where} follows the inputs: their size, or their values through item() or toArray()`,
      );
    }
  };
  for (const [i, value] of trace.inputs.entries()) pairValue(value, probe.inputs[i]!, 'the inputs');
  const calls = trace.calls.map((call, i) => {
    const other = probe.calls[i]!;
    const where = call.where || 'the module';
    if (call.opName !== other.opName) throw differs(`${call.opName} against ${other.opName} in ${where}`);
    const [values, others] = [tensorsOf(call), tensorsOf(other)];
    if (values.length !== others.length) throw differs(`${call.opName} in ${where}`);
    for (const [k, value] of values.entries()) pairValue(value, others[k]!, where);
    return { ...call, probeArgs: other.args };
  });
  for (const [i, { value }] of trace.outputs.entries())
    pairValue(value, probe.outputs[i]!.value, 'the outputs');
  return { ...trace, calls };
}

const tensorsOf = (call: TracedCall): TracedValue[] =>
  [call.args.flat(), call.outputs].flat().filter((arg) => arg instanceof TracedValue);

const differs = (what: string): TorchError =>
  new TorchError(
    'EXPORT_INVALID',
    `The module computes otherwise for inputs of another size or content: ${what}`,
  );
