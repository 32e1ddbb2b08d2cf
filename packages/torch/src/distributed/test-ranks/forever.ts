// Reduces until something ends it.
import * as torch from '../../index.ts';

const group = torch.distributed.init({ timeoutMs: 60_000 });
const x = torch.zeros([1]);
torch.distributed.allReduce(x);
console.log(`pid ${process.pid}`);
for (;;) torch.distributed.allReduce(x, 'max', group);
