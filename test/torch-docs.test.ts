// What docs/torch.md tells PyTorch users to write is run, row by row.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as torch from '@semblance/torch';
import * as data from '@semblance/torch/data';
import { exportOnnx } from '@semblance/torch/onnx';
import { loadSafetensors, saveSafetensors } from '@semblance/torch/safetensors';
import { afterAll, describe, expect, test } from 'vitest';
import { root } from './source-files.ts';

const dir = mkdtempSync(join(tmpdir(), 'semblance-torch-docs-'));
afterAll(() => rmSync(dir, { recursive: true }));

const rows = [...readFileSync(join(root, 'docs', 'torch.md'), 'utf8').matchAll(/^\| (`.*?) \| (.*`.*) \|$/gm)]
  .map(([, theirs, ours]) => [theirs!, [...ours!.matchAll(/`([^`]+)`/g)].map(([, code]) => code!)] as const)
  .filter(([theirs]) => !theirs.includes('@semblance') && !theirs.includes('semblance::'));

/** Words of the table that are no code, and code that needs a module of its own. */
const isProse = (code: string) =>
  /^(ops|\.pth|loadTorchFile\(path\)|DataLoader\.inWorkers\(.*|for await .*)$/.test(code);

const { nn, optim } = torch;
const model = new nn.Linear(3, 2);
const optimizer = new optim.SGD(model.parameters(), { lr: 0.1 });

/** What the table's pieces speak of, made anew for each. */
const names = () => {
  const x = torch.randn(2, 3);
  const w = model.weight.value;
  return {
    ...torch, ...data, exportOnnx, loadSafetensors, saveSafetensors, model, optimizer, x, w,
    console: { log: (value: unknown) => String(value) },
    y: torch.randn(2, 3),
    mask: torch.tensor([[true, false, true], [false, true, true]]),
    ids: torch.tensor([1n, 0n]),
    logits: torch.randn(2, 4),
    labels: torch.tensor([3n, 0n]),
    loss: model(x).sum(),
    dataset: new data.TensorDataset(torch.randn(4, 2)),
    scale: new nn.Parameter(x),
    file: join(dir, 'model.safetensors'),
    onnxFile: join(dir, 'model.onnx'),
  }; // biome-ignore format: a list
};

describe('docs/torch.md', () => {
  test('has a table for PyTorch users', () => expect(rows.length).toBeGreaterThan(35));

  test.each(rows)('%s', async (_theirs, pieces) => {
    for (const code of pieces.filter((piece) => !isProse(piece))) {
      const context = names();
      const body = code.startsWith('const ') ? code : `return ${code}`;
      const run = new Function(...Object.keys(context), `return (async () => { ${body} })()`);
      await expect(run(...Object.values(context)), code).resolves.not.toBeNaN();
    }
  });
});
