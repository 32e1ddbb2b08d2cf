import { CallContext } from './context.ts';
import { converters } from './converters/index.ts';
import { isOpen, type PairedSize, sizesOf } from './dims.ts';
import { OnnxGraph } from './graph.ts';
import type { PairedTrace } from './pair.ts';
import type { TracedValue } from './trace.ts';

export interface ConvertOptions {
  opset: number;
  inputNames: readonly string[];
  outputNames: readonly string[];
  /** By input or output name: names of open axes. */
  axisNames: Readonly<Record<string, Readonly<Record<number, string>>>>;
}

/**
 * The ONNX graph that computes what was traced.
 *
 * @throws TorchError EXPORT_UNSUPPORTED_OP naming the operator and the module that calls it
 */
export function convertTrace(trace: PairedTrace, options: ConvertOptions): OnnxGraph {
  const graph = new OnnxGraph();
  const names = new Map<TracedValue, string>();
  // Outputs get their names first, so that no node takes them.
  for (const name of [...options.inputNames, ...options.outputNames]) graph.uniqueName(name);
  const axes = new AxisNames(options.axisNames);
  trace.inputs.forEach((value, i) => {
    const name = options.inputNames[i]!;
    names.set(value, name);
    graph.inputs.push({ name, dtype: value.dtype, dims: axes.dimsOf(name, value) });
  });
  for (const call of trace.calls) {
    const context = new CallContext(graph, call, options.opset, names);
    const convert = converters.get(call.name);
    if (!convert) throw context.fail('no ONNX form is known for this operator');
    graph.prefix = call.where && `/${call.where.replaceAll('.', '/')}`;
    const outputs = [convert(context)].flat();
    call.outputs.forEach((value, i) => {
      if (outputs[i] !== undefined) names.set(value, outputs[i]);
    });
  }
  graph.prefix = '';
  trace.outputs.forEach(({ value }, i) => {
    const name = options.outputNames[i]!;
    const call = { opName: 'output', name: 'output', args: [value], probeArgs: [], outputs: [], where: '' };
    const source = new CallContext(graph, call, options.opset, names).nameOf(value);
    graph.nodes.push({
      name: `output_${i}`,
      opType: 'Identity',
      inputs: [source],
      outputs: [name],
      attributes: {},
    });
    graph.outputs.push({ name, dtype: value.dtype, dims: axes.dimsOf(name, value) });
  });
  return graph;
}

/** Names for open sizes: those given, else that of an earlier axis of the same size, else a new one. */
class AxisNames {
  readonly #given: ConvertOptions['axisNames'];
  readonly #known = new Map<string, string>();

  constructor(given: ConvertOptions['axisNames']) {
    this.#given = given;
  }

  dimsOf(name: string, value: TracedValue): (number | string)[] {
    return sizesOf(value).map((size, d) => (isOpen(size) ? this.#nameOf(name, d, size) : size.size));
  }

  #nameOf(name: string, axis: number, { size, probe }: PairedSize): string {
    const key = `${size} ${probe}`;
    const found = this.#given[name]?.[axis] ?? this.#known.get(key) ?? `${name}_${axis}`;
    if (!this.#known.has(key)) this.#known.set(key, found);
    return found;
  }
}
