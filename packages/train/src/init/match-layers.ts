import { hashBytes } from '@semblance/core/files';
import type { OnnxLayer } from './onnx-layers.ts';

/**
 * Which layer of one network stands for which of another of the same architecture, whatever their names and order: by shape
 * and by place, which is told by the layers before and after, theirs before and after those, and so on.
 *
 * Layers that even that does not tell apart are paired in the order of their files.
 *
 * Weisfeiler and Leman, "The reduction of a graph to canonical form" (1968).
 *
 * @returns pairs; or in words how the two differ
 */
export function matchLayers(
  ours: readonly OnnxLayer[],
  theirs: readonly OnnxLayer[],
): { pairs: [OnnxLayer, OnnxLayer][] } | { difference: string } {
  const difference = shapesThatDiffer(ours, theirs);
  if (difference) return { difference };
  const [a, b] = [placesOf(ours), placesOf(theirs)];
  const waiting = new Map<string, OnnxLayer[]>();
  for (const [i, layer] of theirs.entries()) waiting.set(b[i]!, [...(waiting.get(b[i]!) ?? []), layer]);
  const pairs: [OnnxLayer, OnnxLayer][] = [];
  for (const [i, layer] of ours.entries()) {
    const other = waiting.get(a[i]!)?.shift();
    if (!other) return { difference: `its ${layer.shape} layers are connected in another way` };
    pairs.push([layer, other]);
  }
  return { pairs };
}

/** A text for each layer that says what it is and where, alike for layers of the same place. */
function placesOf(layers: readonly OnnxLayer[]): string[] {
  const index = new Map(layers.map((layer, i) => [layer, i]));
  const before = layers.map(({ inputs }) => inputs.map((layer) => index.get(layer)!));
  const after: number[][] = layers.map(() => []);
  for (const [i, sources] of before.entries()) for (const source of sources) after[source]!.push(i);
  let places = layers.map(({ shape }) => shape);
  for (let numPlaces = 0; ; ) {
    const now = new Set(places).size;
    // every round tells at least one more pair apart, or none ever will
    if (now === numPlaces) return places;
    numPlaces = now;
    const around = (some: number[]): string =>
      some
        .map((i) => places[i])
        .sort()
        .join();
    places = places.map((place, i) => hashBytes(`${place}<${around(before[i]!)}>${around(after[i]!)}`));
  }
}

/** The first shape that one has more layers of than the other, in words; null where there is none. */
function shapesThatDiffer(ours: readonly OnnxLayer[], theirs: readonly OnnxLayer[]): string | null {
  const counts = new Map<string, [number, number]>();
  for (const [side, layers] of [ours, theirs].entries())
    for (const { shape } of layers) {
      const count = counts.get(shape) ?? [0, 0];
      count[side]!++;
      counts.set(shape, count);
    }
  const found = [...counts].find(([, [a, b]]) => a !== b);
  if (!found) return null;
  const [shape, [a, b]] = found;
  return `of its ${theirs.length} layers with weights ${b} are ${shape}, of the recipe’s ${ours.length} ${a}`;
}
