// A process that exits while its runners are inside ONNX Runtime.

import { openSession } from '../models/session.ts';
import { tinyDetector } from './tiny-models.ts';

const session = await openSession(tinyDetector(), { runners: 2, threads: 1 });
const [height, width] = [2048, 4096];
const input = session.allocate(3 * height * width);
const run = () => session.run(input, [1, 3, height, width]);
await run();
for (let i = 0; i < 4; i++) void run();
setTimeout(() => process.exit(7), 10);
