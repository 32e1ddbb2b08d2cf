// What has to hold before a commit, and what continuous integration runs: `npm run check`.
//
// Every check runs, also after one that failed; each counts as one in the last line, `N passed, N failed`. Arguments go to
// vitest.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './packaging/packages.ts';

/** Checks by the name of their npm script, the quick ones first: adding one is adding a line. */
const checks = ['format', 'lint', 'types', 'duplicates', 'gen:check', 'packages:check'];

const failed: string[] = [];
for (const name of checks) {
  const startMs = performance.now();
  const { status } = spawnSync('npm', ['run', '--silent', name], { cwd: root, stdio: 'inherit' });
  if (status !== 0) failed.push(name);
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  console.log(`check ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${seconds} s`);
}

spawnSync(process.execPath, [join(root, 'scripts', 'test.ts'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
const summaryPath = join(root, 'node_modules', '.cache', 'test-summary.txt');
const [testsPassed = 0, testsFailed = 1] = readFileSync(summaryPath, 'utf8').match(/\d+/g)!.map(Number);

if (failed.length > 0) console.error(`failed: ${failed.map((name) => `npm run ${name}`).join(', ')}`);
const numFailed = testsFailed + failed.length;
const summary = `${testsPassed + checks.length - failed.length} passed, ${numFailed} failed`;
writeFileSync(summaryPath, `${summary}\n`);
console.log(summary);
process.exitCode = numFailed > 0 ? 1 : 0;
