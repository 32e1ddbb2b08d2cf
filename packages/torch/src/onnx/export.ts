import { TorchError } from '../error.ts';
import { noGrad } from '../grad-mode.ts';
import type { Module } from '../nn/index.ts';
import { writeFileAtomically } from '../safetensors/atomic-file.ts';
import { scope } from '../scope.ts';
import type { Tensor } from '../tensor.ts';
import { convertTrace } from './convert.ts';
import { encodeModel } from './encode.ts';
import { pairTraces } from './pair.ts';
import { checkParity, type ParityCase, type ParityResult, toHost } from './parity.ts';
import { removeDead, removeIdentities } from './passes/clean.ts';
import { foldBatchNorms } from './passes/fold-batch-norm.ts';
import { type OpenAxes, probeShapes, randomLike } from './probe-inputs.ts';
import { flattenOutputs, type Trace, traceModule } from './trace.ts';

export interface ExportOptions {
  path: string;
  /** Default: `input`, or `input_0`, `input_1`, … */
  inputNames?: readonly string[];
  /** Default: the keys of what forward() returns, else `output` or `output_0`, … */
  outputNames?: readonly string[];
  /**
   * Open axes by input or output name, with a name each: `{ input: { 0: 'batch', 2: 'height' } }`. Default: axis 0 of
   * every input is `batch`; `{}` fixes every size. Open sizes of outputs are found out, and named if not named here.
   */
  dynamicAxes?: Readonly<Record<string, OpenAxes>>;
  opset?: number;
  /** Inputs of other sizes for the second trace, where the sizes chosen for it do not suit the module. */
  probeInputs?: readonly Tensor[];
  /** Largest difference between the file and the module, relative to the output's largest value; false: no check. */
  parity?: number | false;
  /** Text beside the graph. */
  metadata?: Readonly<Record<string, string>>;
}

export interface ExportResult extends ParityResult {
  path: string;
  sizeBytes: number;
  numNodes: number;
  inputNames: readonly string[];
  outputNames: readonly string[];
}

const MIN_OPSET = 17;
const MAX_OPSET = 21;

/**
 * Writes a module as an ONNX file: traced in eval mode with two sizes of inputs, batch norms folded into the layers before
 * them, and run in ONNX Runtime on random inputs of both sizes against the module itself before the file is put in place.
 *
 * @param exampleInputs what forward() takes; their content sets the range of the random inputs
 * @throws TorchError EXPORT_UNSUPPORTED_OP naming operator and module, EXPORT_PARITY_FAILED, EXPORT_INVALID,
 *   EXPORT_RUNTIME_MISSING, FILE_UNWRITABLE
 * @example
 * ```ts
 * import { nn, randn } from '@semblance/torch';
 * import { exportOnnx } from '@semblance/torch/onnx';
 *
 * const model = new nn.Sequential(new nn.Conv2d(3, 8, 3), new nn.ReLU(), new nn.Flatten());
 * await exportOnnx(model, [randn([2, 3, 16, 16])], { path: 'model.onnx', outputNames: ['embedding'] });
 * ```
 */
export async function exportOnnx(
  module: Module,
  exampleInputs: readonly Tensor[],
  options: ExportOptions,
): Promise<ExportResult> {
  const opset = options.opset ?? MIN_OPSET;
  if (!Number.isInteger(opset) || opset < MIN_OPSET || opset > MAX_OPSET) {
    throw new TorchError(
      'EXPORT_INVALID',
      `Expected an opset from ${MIN_OPSET} to ${MAX_OPSET} but received ${opset}`,
    );
  }
  const parity = options.parity ?? 1e-4;
  const inputNames = namesFor(
    'inputNames',
    options.inputNames,
    exampleInputs.map(() => null),
    'input',
  );
  const axisNames =
    options.dynamicAxes ?? Object.fromEntries(inputNames.map((name) => [name, { 0: 'batch' }]));
  const axes = inputNames.map((name) => axisNames[name] ?? {});
  const others = probeShapes(
    exampleInputs.map((t) => t.shape),
    axes,
  );

  // All that needs tensors happens before the first await: the caller's scopes may end there.
  const { model, cases, outputNames, numNodes } = inEvalMode(module, () => {
    const probes = options.probeInputs ?? exampleInputs.map((t, i) => randomLike(t, others[i]!, 1 + i));
    const trace = pairTraces(traceModule(module, exampleInputs), traceProbe(module, probes));
    const ownNames = trace.outputs.map((output) => output.name);
    const outputNames = namesFor('outputNames', options.outputNames, ownNames, 'output');
    const graph = convertTrace(trace, { opset, inputNames, outputNames, axisNames });
    removeIdentities(graph);
    foldBatchNorms(graph);
    removeDead(graph);
    const model = encodeModel(graph, { opset, metadata: options.metadata ?? {} });
    const cases =
      parity === false
        ? []
        : [exampleInputs, probes].map((like, k) => parityCase(module, like, 100 * (k + 1)));
    return { model, cases, outputNames, numNodes: graph.nodes.length };
  });
  const names = { inputs: inputNames, outputs: outputNames };
  const result = parity === false ? null : await checkParity(model, cases, names, parity);
  writeFileAtomically(options.path, (append) => append(model));
  const { maxAbsDiff, maxRelDiff } = result ?? { maxAbsDiff: Number.NaN, maxRelDiff: Number.NaN };
  const sizeBytes = model.byteLength;
  return { path: options.path, sizeBytes, numNodes, inputNames, outputNames, maxAbsDiff, maxRelDiff };
}

/** The second trace; its sizes were chosen here, so an error says where they come from. */
function traceProbe(module: Module, probes: readonly Tensor[]): Trace {
  try {
    return traceModule(module, probes);
  } catch (cause) {
    if (cause instanceof TorchError && cause.code.startsWith('EXPORT_')) throw cause;
    const shapes = probes.map((t) => `[${t.shape}]`).join(', ');
    const hint = 'name the open axes in dynamicAxes, or give probeInputs of sizes that it takes';
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TorchError(
      'EXPORT_INVALID',
      `The module does not run on inputs ${shapes}; ${hint}: ${reason}`,
      { cause },
    );
  }
}

/** Random inputs of the examples' shapes, with content that no trace has seen, and what the module computes from them. */
function parityCase(module: Module, examples: readonly Tensor[], seed: number): ParityCase {
  using _ = scope();
  const inputs = examples.map((t, i) => randomLike(t, t.shape, seed + i));
  const outputs = noGrad(() => flattenOutputs(module.forward(...inputs)));
  return { inputs: inputs.map(toHost), expected: outputs.map(({ tensor }) => toHost(tensor)) };
}

/** Runs `action` with the module in eval mode and puts each part's mode back. */
function inEvalMode<T>(module: Module, action: () => T): T {
  const modes = [...module.namedModules()].map(([, part]) => ({ part, training: part.training }));
  module.eval();
  try {
    using _ = scope();
    return action();
  } finally {
    for (const { part, training } of modes) part.training = training;
  }
}

function namesFor(
  what: string,
  given: readonly string[] | undefined,
  own: (string | null)[],
  stem: string,
): string[] {
  const names = given ?? own.map((name, i) => name ?? (own.length === 1 ? stem : `${stem}_${i}`));
  if (names.length !== own.length || new Set(names).size !== names.length) {
    throw new TorchError(
      'EXPORT_INVALID',
      `Expected ${own.length} different ${what} but received ${names.join(', ')}`,
    );
  }
  return [...names];
}
