import type { OnnxGraph } from '../graph.ts';

/** Takes Identity nodes out: what reads their output reads their input, and graph outputs keep their names. */
export function removeIdentities(graph: OnnxGraph): void {
  const outputs = new Set(graph.outputs.map((output) => output.name));
  const producers = graph.producers();
  const renamed = new Map<string, string>();
  const current = (name: string): string => renamed.get(name) ?? name;
  graph.nodes = graph.nodes.filter((node) => {
    node.inputs = node.inputs.map(current);
    if (node.opType !== 'Identity') return true;
    const [source, target] = [node.inputs[0]!, node.outputs[0]!];
    if (!outputs.has(target)) {
      renamed.set(target, source);
      return false;
    }
    // A graph output can take the place of its source only if that is a node's own result and no output itself.
    const producer = producers.get(source);
    if (!producer || outputs.has(source)) return true;
    producer.outputs = producer.outputs.map((name) => (name === source ? target : name));
    producers.set(target, producer);
    renamed.set(source, target);
    return false;
  });
  for (const node of graph.nodes) node.inputs = node.inputs.map(current);
}

/** Takes out nodes and initializers that no graph output depends on. */
export function removeDead(graph: OnnxGraph): void {
  const needed = new Set(graph.outputs.map((output) => output.name));
  graph.nodes = graph.nodes
    .toReversed()
    .filter((node) => {
      if (!node.outputs.some((name) => needed.has(name))) return false;
      for (const name of node.inputs) needed.add(name);
      return true;
    })
    .reverse();
  for (const name of graph.initializers.keys()) if (!needed.has(name)) graph.initializers.delete(name);
}
