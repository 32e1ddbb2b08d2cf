import type { GraphMessage, NodeMessage } from '@semblance/core/onnx';

/** Operators with weights at input 1 and a bias at input 2. */
const weighted = new Set(['Conv']);
/** Operators that ONNX Runtime computes on 8 bits where what goes in and out has 8 bits. */
const pointwise = new Set(['LeakyRelu', 'Relu', 'Add', 'Concat', 'Resize', 'MaxPool']);
/** Of those, the ones that change no value: what comes out has the scale of what went in. */
const passing = new Set(['Resize', 'MaxPool']);

export interface QuantizePlan {
  /** Nodes that are computed on 8 bits, in the order of the graph. */
  nodes: NodeMessage[];
  /** Values between them that get a scale, in the order in which they are made. */
  values: string[];
  /** Values that have the scale of another. */
  sameAs: Map<string, string>;
}

/**
 * Chooses what is computed on 8 bits: convolutions, and what lies between them.
 *
 * The first convolutions stay as they are: with few channels of pixels each step of rounding is seen by all that follows
 * (a RetinaFace lost 0.03 of its AP by the first three, and nothing by the other 44). So does one whose result nothing of
 * the kind uses: heads give offsets and scores, for which 256 steps are too few. What is not a convolution takes part where
 * all that goes into it does.
 *
 * @param floatFirst convolutions at the beginning that stay in float
 */
export function planQuantization(graph: GraphMessage, floatFirst: number): QuantizePlan {
  const initializers = new Map(graph.initializer.map((tensor) => [tensor.name, tensor]));
  const producer = new Map(graph.node.flatMap((node) => node.output.map((name) => [name, node] as const)));
  const consumers = new Map<string, NodeMessage[]>();
  for (const node of graph.node) {
    for (const name of node.input) consumers.set(name, [...(consumers.get(name) ?? []), node]);
  }
  const isFloatWeights = (name: string | undefined) => initializers.get(name ?? '')?.dataType === 1;
  const first = new Set(graph.node.filter(({ opType }) => weighted.has(opType)).slice(0, floatFirst));
  const chosen = new Set(
    graph.node.filter(
      (node) =>
        (weighted.has(node.opType) && !first.has(node) && isFloatWeights(node.input[1])) ||
        (pointwise.has(node.opType) && node.output.length === 1),
    ),
  );
  const comesFromChosen = (name: string) => {
    const from = producer.get(name);
    return from !== undefined && chosen.has(from);
  };
  const isHead = (node: NodeMessage) =>
    !(consumers.get(node.output[0]!) ?? []).some((consumer) => chosen.has(consumer));
  const heads = [...chosen].filter((node) => weighted.has(node.opType) && isHead(node));
  for (const head of heads) chosen.delete(head);
  const isKept = (node: NodeMessage) => weighted.has(node.opType) || valuesInto(node).every(comesFromChosen);
  for (let hasChanged = true; hasChanged; ) {
    hasChanged = false;
    for (const node of chosen) {
      if (isKept(node)) continue;
      chosen.delete(node);
      hasChanged = true;
    }
  }
  const nodes = graph.node.filter((node) => chosen.has(node));
  const values = new Set<string>();
  const sameAs = new Map<string, string>();
  for (const node of nodes) {
    for (const name of valuesInto(node)) values.add(name);
    const [out] = node.output as [string];
    values.add(out);
    if (passing.has(node.opType)) sameAs.set(out, node.input[0]!);
  }
  return { nodes, values: [...values], sameAs };
}

/** Values that go into a node, besides weights, biases, sizes and scales. */
export function valuesInto({ opType, input }: NodeMessage): string[] {
  if (opType === 'Add' || opType === 'Concat') return input;
  return input.slice(0, 1);
}
