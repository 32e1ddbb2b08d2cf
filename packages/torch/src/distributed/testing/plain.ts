// No tensors: what the launcher does with processes. The first argument says what to do on rank 1.
import { spawn } from 'node:child_process';

const [what] = process.argv.slice(2);
const wait = () => setInterval(() => {}, 1000);

console.log(
  `rank ${process.env.RANK} of ${process.env.WORLD_SIZE}, attempt ${process.env.TORCHELASTIC_RESTART_COUNT}`,
);
if (process.env.RANK === '1') {
  if (what === 'throw') throw new RangeError('out of luck');
  if (what === 'exit') process.exit(7);
} else if (what === 'throw' || what === 'exit') {
  // It does not want to end, and has a child that would outlive it.
  process.on('SIGTERM', () => {});
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  console.log(`pid ${child.pid}`);
  wait();
}
if (what === 'wait') {
  console.log(`pid ${process.pid}`);
  wait();
}
