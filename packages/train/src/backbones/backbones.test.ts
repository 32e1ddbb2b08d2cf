import { manualSeed, type nn, noGrad, randn, scope } from '@semblance/torch';
import { expect, test } from 'vitest';
import { type BackboneName, backboneNames, createBackbone } from './index.ts';
import { MobileNet025 } from './mobilenet025.ts';
import { ResNet50 } from './resnet50.ts';

// Computed from the published code.
const numParameters: Record<BackboneName, number> = {
  // r18 without the second block of each stage: 18·C² + 7·C less for each C of 64, 128, 256, 512
  r10: 24_025_600 - 6_273_600,
  r18: 24_025_600,
  r34: 34_139_328,
  r50: 43_590_848,
  r100: 65_156_160,
  mbf: 2_059_520,
  // convolutions and norms, and a PReLU slope for each hidden channel
  'mbf-paper': 999_936 + 7_616,
};

test.each(backboneNames)('%s has its number of parameters and embeds a batch', (name) => {
  using _ = scope();
  const network = createBackbone(name);
  expect(network.numParameters()).toBe(numParameters[name]);
  if (!['mbf', 'mbf-paper', 'r18'].includes(name)) return;
  const embedding = noGrad(() => network.eval().forward(randn([2, 3, 112, 112])));
  expect(embedding.shape).toEqual([2, name === 'mbf-paper' ? 128 : 512]);
  network.dispose();
});

test.each(['r18', 'mbf', 'mbf-paper'])('%s takes other input and embedding sizes', (name) => {
  using _ = scope();
  const network = createBackbone(name, { inputSize: 64, embeddingSize: 32 });
  expect(noGrad(() => network.eval().forward(randn([3, 3, 64, 64]))).shape).toEqual([3, 32]);
  network.dispose();
});

test.each([
  ['mbf', 700_000],
  ['r10', 8_000_000],
])(
  '%s of half the width has about a quarter of the parameters, or a half in its last layer',
  (name, most) => {
    const network = createBackbone(name, { width: 0.5 });
    expect(network.numParameters()).toBeLessThan(most);
    network.dispose();
  },
);

test('every weight of a network gets a gradient', () => {
  using _ = scope();
  manualSeed(1);
  const network = createBackbone('mbf', { inputSize: 32, width: 0.25, embeddingSize: 16 });
  network
    .forward(randn([4, 3, 32, 32]))
    .pow(2)
    .sum()
    .backward();
  const without = [...network.namedParameters()].filter(([, { value }]) => value.grad === null);
  expect(without.map(([name]) => name)).toEqual([]);
  network.dispose();
});

test('the scale of an IResNet embedding is frozen', () => {
  const network = createBackbone('r18');
  const frozen = [...network.namedParameters()].filter(([, { value }]) => !value.requiresGrad);
  expect(frozen.map(([name]) => name)).toEqual(['features.weight']);
  network.dispose();
});

test('state dict keys are the published ones', () => {
  const keysOf = (network: nn.Module) => {
    const keys = [...network.stateDict().keys()];
    network.dispose();
    return keys;
  };
  expect(keysOf(createBackbone('r18'))).toEqual(
    expect.arrayContaining([
      'layer1.0.downsample.1.running_var',
      'layer4.1.prelu.weight',
      'fc.bias',
      'features.weight',
    ]),
  );
  expect(keysOf(createBackbone('mbf'))).toEqual(
    expect.arrayContaining([
      'layers.0.layers.0.weight',
      'layers.3.layers.3.layers.1.layers.2.weight',
      'conv_sep.layers.1.bias',
      'features.layers.0.layers.0.weight',
      'features.layers.2.weight',
      'features.layers.3.running_mean',
    ]),
  );
  expect(keysOf(createBackbone('mbf-paper'))).toEqual(
    expect.arrayContaining([
      'conv1.0.weight',
      'dw_conv.bn2.bias',
      'features.14.conv.3.weight',
      'gdconv.bn.weight',
      'conv3.bias',
      'bn.weight',
    ]),
  );
  expect(keysOf(new ResNet50())).toEqual(
    expect.arrayContaining(['bn1.weight', 'layer4.2.conv3.weight', 'layer1.0.downsample.0.weight']),
  );
  expect(keysOf(new MobileNet025())).toEqual(
    expect.arrayContaining(['stage1.0.0.weight', 'stage3.1.4.running_var']),
  );
});

test('unknown names, options and sizes are refused', () => {
  expect(() => createBackbone('vgg')).toThrow(/one of r10, r18, /);
  expect(() => createBackbone('mbf', { depth: 3 })).toThrow(
    expect.objectContaining({ code: 'RECIPE_UNKNOWN_KEY' }),
  );
  expect(() => createBackbone('mbf', { width: 'wide' })).toThrow(
    expect.objectContaining({ code: 'RECIPE_INVALID_VALUE' }),
  );
  expect(() => createBackbone('mbf', { inputSize: 100 })).toThrow(/multiple of 16/);
});
