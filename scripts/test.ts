// Runs vitest, then counts what its JSON report says: the last line is `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: { name: string; status: string; assertionResults: { status: string }[] }[];
}

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const reportPath = join(root, 'node_modules', '.cache', 'test-report.json');
const summaryPath = join(root, 'node_modules', '.cache', 'test-summary.txt');
mkdirSync(dirname(reportPath), { recursive: true });
for (const path of [reportPath, summaryPath]) rmSync(path, { force: true });

const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`];
const { status } = spawnSync(process.execPath, [vitest, 'run', ...reporters, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});

let [passed, failed, skipped] = [0, 0, 0];
try {
  const report = JSON.parse(readFileSync(reportPath, 'utf8')) as VitestReport;
  passed = report.numPassedTests;
  skipped = report.numPendingTests;
  // a file that cannot be loaded has failed without a test of its own
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  failed = report.numFailedTests + brokenFiles.length;
} catch {
  console.error('vitest left no report');
}
// errors outside of tests fail the run as well
if (status !== 0 && failed === 0) failed = 1;
if (skipped > 0) console.log(`${skipped} skipped`);
const summary = `${passed} passed, ${failed} failed`;
writeFileSync(summaryPath, `${summary}\n`);
console.log(summary);
process.exitCode = failed > 0 ? 1 : 0;
