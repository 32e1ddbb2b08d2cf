// Reduces until something ends it.
import * as torch from '../../index.ts';
import * as distributed from '../index.ts';

const group = distributed.init({ timeoutMs: 60_000 });
const x = torch.zeros([1]);
distributed.allReduce(x);
console.log(`pid ${process.pid}`);
for (;;) distributed.allReduce(x, 'max', group);
