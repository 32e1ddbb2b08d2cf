import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromArray, getRngState, manualSeed, memory, nn, ops, randn, scope, type Tensor } from '../index.ts';
import { type ExportOptions, exportOnnx } from './index.ts';
import { modelProto } from './proto.ts';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'onnx-'))));
afterAll(() => rmSync(folder, { recursive: true }));

interface Decoded {
  graph: {
    node: { name: string; opType: string; input: string[] }[];
    initializer: { name: string; dims: string[] }[];
    input: {
      name: string;
      type: { tensorType: { shape: { dim: { dimValue?: string; dimParam?: string }[] } } };
    }[];
    output: Decoded['graph']['input'];
  };
  opsetImport: { version: string }[];
}
const decode = (bytes: Uint8Array): Decoded =>
  modelProto.toObject(modelProto.decode(bytes), { longs: String, arrays: true }) as Decoded;
const opTypes = (model: Decoded) => model.graph.node.map((n) => n.opType);
const dims = (value: Decoded['graph']['input'][0]) =>
  value.type.tensorType.shape.dim.map((d) => d.dimParam || Number(d.dimValue));

/** Exports and decodes; the export has compared the file with the module already. */
async function exported(module: nn.Module, inputs: Tensor[], options: Partial<ExportOptions> = {}) {
  const path = join(folder, 'model.onnx');
  const result = await exportOnnx(module, inputs, { path, ...options });
  return { result, model: decode(readFileSync(path)) };
}

/** Batch norm statistics that a fold can get wrong. */
function withStatistics<T extends nn.Module>(module: T): T {
  for (const [name, buffer] of module.namedBuffers()) {
    if (name.endsWith('running_mean')) buffer.value.normal_(0, 1);
    if (name.endsWith('running_var')) buffer.value.uniform_(0.3, 2);
  }
  for (const [name, parameter] of module.namedParameters()) {
    if (name.includes('bn')) parameter.value.detach().uniform_(-1, 2);
  }
  return module;
}

class Net extends nn.Module {
  conv1 = new nn.Conv2d(3, 8, 3, { padding: 1, stride: 2, bias: false });
  bn1 = new nn.BatchNorm2d(8);
  prelu = new nn.PReLU(8);
  bn2 = new nn.BatchNorm2d(8);
  conv2 = new nn.Conv2d(8, 8, 3, { padding: 1 });
  dropout = new nn.Dropout(0.5);
  fc = new nn.Linear(8 * 8 * 8, 16);
  bn3 = new nn.BatchNorm1d(16);

  forward(x: Tensor): Tensor {
    const y = this.prelu.forward(this.bn1.forward(this.conv1.forward(x)));
    const z = ops.add(this.conv2.forward(this.bn2.forward(y)), y);
    return this.bn3.forward(this.fc.forward(this.dropout.forward(ops.flatten(z, 1))));
  }
}

describe('the file', () => {
  it('has batch norms folded where it can, PyTorch’s names, an open batch, and the module’s results', async () => {
    manualSeed(1);
    const net = withStatistics(new Net()).train();
    const { result, model } = await exported(net, [randn([2, 3, 16, 16])], { outputNames: ['embedding'] });
    // bn1 into conv1 and bn3 into fc; bn2 stands before a padded convolution and stays.
    expect(opTypes(model)).toEqual(['Conv', 'PRelu', 'BatchNormalization', 'Conv', 'Add', 'Flatten', 'Gemm']);
    expect(result).toMatchObject({ numNodes: 7, inputNames: ['input'], outputNames: ['embedding'] });
    expect(result.maxRelDiff).toBeLessThan(1e-5);
    const names = model.graph.initializer.map((t) => t.name);
    expect(names).toEqual(
      expect.arrayContaining(['conv2.weight', 'conv2.bias', 'bn2.running_mean', 'conv1.weight.folded']),
    );
    expect(names.filter((n) => /^(bn1|bn3|dropout)|num_batches/.test(n))).toEqual([]);
    expect(model.graph.node.map((n) => n.name)).toContain('/conv2/Conv');
    expect([dims(model.graph.input[0]!), dims(model.graph.output[0]!)]).toEqual([
      ['batch', 3, 16, 16],
      ['batch', 16],
    ]);
    expect(model.opsetImport[0]!.version).toBe('17');
    expect([...net.namedModules()].every(([, m]) => m.training)).toBe(true);
  });

  it('keeps a batch norm apart from a convolution that others read too', async () => {
    class Twice extends nn.Module {
      conv = new nn.Conv2d(3, 4, 1);
      bn = new nn.BatchNorm2d(4);
      forward(x: Tensor): Tensor {
        const y = this.conv.forward(x);
        return ops.add(this.bn.forward(y), y);
      }
    }
    const { model } = await exported(withStatistics(new Twice()), [randn([1, 3, 4, 4])]);
    expect(opTypes(model)).toEqual(['Conv', 'BatchNormalization', 'Add']);
  });

  it('folds one convolution under two batch norms each in its own way', async () => {
    class Shared extends nn.Module {
      conv = new nn.Conv2d(3, 4, 1);
      bnA = new nn.BatchNorm2d(4);
      bnB = new nn.BatchNorm2d(4, { affine: false });
      forward(x: Tensor): Tensor[] {
        return [
          this.bnA.forward(this.conv.forward(x)),
          this.bnB.forward(this.conv.forward(x)),
          this.conv.forward(x),
        ];
      }
    }
    const { model } = await exported(withStatistics(new Shared()), [randn([1, 3, 4, 4])]);
    expect(opTypes(model)).toEqual(['Conv', 'Conv', 'Conv']);
  });

  it('has each constant once and nothing that no output needs', async () => {
    class Wasteful extends nn.Module {
      unused = new nn.Conv2d(3, 4, 3);
      forward(x: Tensor): Tensor {
        this.unused.forward(x);
        const scale = fromArray(Float32Array.of(1, 2, 3)).view([3, 1, 1]);
        return ops
          .mul(ops.mul(x, scale), fromArray(Float32Array.of(1, 2, 3), [3, 1, 1]))
          .view([x.shape[0]!, -1]);
      }
    }
    const { model } = await exported(new Wasteful(), [randn([2, 3, 4, 4])]);
    expect(opTypes(model)).toEqual(['Mul', 'Mul', 'Reshape']);
    expect(model.graph.initializer).toHaveLength(2);
  });

  it('takes several inputs and names outputs after the keys of what forward returns', async () => {
    class Pair extends nn.Module {
      forward(a: Tensor, b: Tensor) {
        return { sum: ops.add(a, b), same: a, both: [ops.cat([a, b], 1)] };
      }
    }
    const dynamicAxes = { left: { 0: 'n' }, right: { 0: 'n' }, sum: { 0: 'rows' } };
    const options = { inputNames: ['left', 'right'], outputNames: undefined, dynamicAxes };
    const { model } = await exported(
      new Pair(),
      [randn([3, 2]), randn([3, 2])],
      options as Partial<ExportOptions>,
    );
    expect(model.graph.input.map(dims)).toEqual([
      ['n', 2],
      ['n', 2],
    ]);
    expect(model.graph.output.map((o) => [o.name, ...dims(o)])).toEqual([
      ['sum', 'rows', 2],
      ['same', 'n', 2],
      ['output_2', 'n', 4],
    ]);
  });

  it('fixes every size where no axis is open', async () => {
    const { model } = await exported(new nn.ReLU(), [randn([2, 5])], { dynamicAxes: {} });
    expect(dims(model.graph.input[0]!)).toEqual([2, 5]);
  });

  it('leaves the torch generator and the number of tensors as they were', async () => {
    const net = new Net();
    const x = randn([2, 3, 16, 16]);
    manualSeed(5);
    const state = getRngState().toArray();
    const before = memory().tensors;
    await exported(net, [x]);
    expect(memory().tensors).toBe(before);
    expect(getRngState().toArray()).toEqual(state);
  });

  it('leaves every forward as it was, also one that is the module’s own property or is shared', async () => {
    class Own extends nn.Module {
      inner = new nn.ReLU();
      again = this.inner;
      override forward = (x: Tensor): Tensor => this.again.forward(this.inner.forward(x));
    }
    const own = new Own();
    const { forward } = own;
    await exported(own, [randn([1, 2])]);
    expect(own.forward).toBe(forward);
    expect(Object.hasOwn(own.inner, 'forward')).toBe(false);
  });

  it('may be awaited after the scope of its inputs has ended', async () => {
    const path = join(folder, 'scoped.onnx');
    const start = () => {
      using _ = scope();
      return exportOnnx(new nn.ReLU(), [randn([2, 5])], { path });
    };
    expect((await start()).maxAbsDiff).toBe(0);
  });
});
