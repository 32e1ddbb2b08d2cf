import { fromArray, manualSeed, randn, type Tensor } from '@semblance/torch';
import { expect, test } from 'vitest';
import { sampleClasses } from './class-sample.ts';
import { createHead } from './index.ts';

const labelsOf = (...labels: number[]) => fromArray(BigInt64Array.from(labels, BigInt));
const numbers = (tensor: Tensor) => [...(tensor.toArray() as BigInt64Array)].map(Number);

test('a sample holds the classes that occur, and others up to the rate', () => {
  const labels_N = labelsOf(7, 31, 7, 2);
  const seen = new Set<string>();
  for (let draw = 0; draw < 5; draw++) {
    const { classes_S, labels_N: columns_N } = sampleClasses(labels_N, 40, 0.25);
    const classes = numbers(classes_S);
    expect(classes).toHaveLength(10);
    expect(new Set(classes).size).toBe(10);
    expect(classes).toEqual([...classes].sort((a, b) => a - b));
    expect(numbers(columns_N).map((column) => classes[column])).toEqual([7, 31, 7, 2]);
    seen.add(classes.join());
  }
  expect(seen.size).toBeGreaterThan(1);
  expect(numbers(sampleClasses(labels_N, 40, 0.01).classes_S)).toEqual([2, 7, 31]);
});

test.each(['normface', 'am-softmax', 'cosface', 'arcface', 'combined', 'adaface'])(
  '%s on a part of the classes is the loss of these classes alone',
  (name) => {
    manualSeed(4);
    const emb_ND = randn([6, 8]);
    const labels_N = labelsOf(1, 17, 5, 9, 1, 30);
    const size = { embeddingSize: 8, numClasses: 32 };
    const sampled = createHead(name, size, { sampleRate: 0.25 });
    manualSeed(9);
    const { loss, logits_NK, labels_N: columns_N } = sampled.forward(emb_ND, labels_N);
    manualSeed(9);
    const { classes_S } = sampleClasses(labels_N, 32, 0.25);
    expect(logits_NK.shape).toEqual([6, 8]);

    // Another head that has these classes' weights and no others, written down class by class.
    const small = createHead(name, { embeddingSize: 8, numClasses: 8 });
    const chosen = numbers(classes_S);
    small.loadStateDict(
      new Map(
        [...small.stateDict()].map(([key, own]) => [
          key,
          key === 'weight' ? sampled.stateDict().get(key)!.index_select(0, classes_S) : own,
        ]),
      ),
    );
    const columns = [1, 17, 5, 9, 1, 30].map((label) => chosen.indexOf(label));
    expect(numbers(columns_N)).toEqual(columns);
    expect(small.forward(emb_ND, labelsOf(...columns)).loss.item()).toBeCloseTo(loss.item(), 5);

    // Weights of other classes get no gradient, those of the sample do.
    loss.backward();
    const gradient = new Map(sampled.namedParameters()).get('weight')!.value.grad!;
    const norms = [...(gradient.norm(2, [1]).toArray() as Float32Array)];
    expect(norms.flatMap((norm, k) => (norm > 0 ? [k] : []))).toEqual(chosen);

    // Out of training all classes count.
    sampled.eval();
    expect(sampled.forward(emb_ND, labels_N).logits_NK.shape).toEqual([6, 32]);
  },
);
