// A process that leaves its runners idle and is done: it must end by itself.

import { openSession } from '../models/session.ts';
import { tinyRecognizer } from './tiny-models.ts';

const session = await openSession(tinyRecognizer(1), { runners: 2 });
const { embedding } = await session.run(new Float32Array(3 * 112 * 112).fill(5), [1, 3, 112, 112]);
console.log(embedding![0]);
