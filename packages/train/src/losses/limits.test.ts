import { fromArray, grad, manualSeed, ops, randn, scope, type Tensor } from '@semblance/torch';
import { expect, test } from 'vitest';
import { createHead, type MarginHead } from './index.ts';

const size = { embeddingSize: 8, numClasses: 5 };
const labels = [0, 1, 2, 3, 4, 0, 1];

/** Loss and slopes of a head over the same embeddings and class weights as every other. */
function evaluate(
  name: string,
  options: Record<string, unknown>,
  set: (head: MarginHead) => void = () => {},
) {
  using _ = scope();
  manualSeed(11);
  const emb = randn([labels.length, 8], { dtype: 'float64' }).mul(2).detach();
  const weights = randn([5, 8], { dtype: 'float64' });
  emb.requiresGrad = true;
  const head = createHead(name, size, options).to({ dtype: 'float64' });
  const weight = head.parameters().find(({ value }) => value.ndim === 2)!.value;
  weight.detach().copy_(weights);
  set(head);
  const { loss } = head.forward(emb, fromArray(BigInt64Array.from(labels, BigInt)));
  const slopes = grad([loss], [emb, weight]) as Tensor[];
  const values = [loss, ...slopes].flatMap((t) => [...(t.toArray() as Float64Array)]);
  head.dispose();
  return values;
}

function expectSame(a: number[], b: number[]): void {
  expect(a.length).toBe(b.length);
  for (const [i, value] of a.entries()) expect(value).toBeCloseTo(b[i]!, 9);
}

test('ArcFace and CosFace without margin are NormFace', () => {
  const normface = evaluate('normface', { scale: 30 });
  expectSame(evaluate('arcface', { scale: 30, margin: 0 }), normface);
  expectSame(evaluate('arcface', { scale: 30, margin: 0, gradient: 'straight-through' }), normface);
  expectSame(evaluate('cosface', { scale: 30, margin: 0 }), normface);
  expectSame(evaluate('am-softmax', { margin: 0 }), normface);
  expectSame(evaluate('adaface', { scale: 30, margin: 0 }), normface);
  expectSame(evaluate('normface', { scale: 30, learnScale: true }), normface);
});

test('L-Softmax with m = 1 is softmax without bias', () => {
  expectSame(evaluate('l-softmax', { margin: 1 }), evaluate('softmax', {}));
});

test('the combined margin holds ArcFace and CosFace', () => {
  expectSame(evaluate('combined', { m1: 1, m2: 0.5, m3: 0 }), evaluate('arcface', {}));
  expectSame(evaluate('combined', { m1: 1, m2: 0, m3: 0.35 }), evaluate('cosface', {}));
  expectSame(
    evaluate('combined', { m1: 1, m2: 0.5, m3: 0, gradient: 'straight-through' }),
    evaluate('arcface', { gradient: 'straight-through' }),
  );
});

test('AM-Softmax and CosFace differ by their scale alone', () => {
  expectSame(evaluate('am-softmax', { scale: 64 }), evaluate('cosface', {}));
});

test.each([
  ['arcface', {}],
  ['cosface', {}],
  ['combined', { m1: 0.9, m2: 0.4, m3: 0.15 }],
  ['adaface', {}],
])('at the start of a margin warm-up %s is NormFace, and half-way in between', (name, options) => {
  const normface = evaluate('normface', { scale: 64 });
  const [half] = evaluate(name, options, (head) => (head.marginFactor = 0.5));
  const [full] = evaluate(name, options);
  expectSame(
    evaluate(name, options, (head) => (head.marginFactor = 0)),
    normface,
  );
  expect(half).toBeGreaterThan(normface[0]!);
  expect(full).toBeGreaterThan(half!);
});

test('at the start of a margin warm-up l-softmax is softmax', () => {
  const l = evaluate('l-softmax', { lambdaBase: 0 }, (head) => (head.marginFactor = 0));
  expectSame(l, evaluate('softmax', {}));
});

test('training accuracy is counted on logits without the margin', () => {
  using _ = scope();
  const head = createHead('arcface', size, { scale: 10, margin: 0.9 });
  const emb = randn([labels.length, 8]);
  const targets = fromArray(BigInt64Array.from(labels, BigInt));
  const { loss, logits_NK } = head.forward(emb, targets);
  const plain = ops.cross_entropy_loss(logits_NK, targets).item();
  head.marginFactor = 0;
  expect(plain).toBeCloseTo(head.forward(emb, targets).loss.item(), 5);
  expect(loss.item()).toBeGreaterThan(plain);
  head.dispose();
});
