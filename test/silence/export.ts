/** A program that exports a network with `@semblance/torch` alone: the exported file is run in ONNX Runtime. */
import { join } from 'node:path';
import { nn, randn } from '@semblance/torch';
import { exportOnnx } from '@semblance/torch/onnx';

const path = join(process.argv[2]!, 'model.onnx');
const result = await exportOnnx(new nn.Conv2d(3, 4, 3), [randn([1, 3, 8, 8])], { path });
console.log(Number.isFinite(result.maxRelDiff) ? 'checked' : 'not checked');
