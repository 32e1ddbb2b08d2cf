// Runs vitest, then counts what its JSON reports say: the last line is `N passed, N failed`.
//
// A run of everything takes what failed a second time, file by file and alone: tests of processes, disks and clusters can
// miss a deadline of their own where a machine is busy. What passes only then is named, so that it is mended and not
// forgotten. What is broken fails twice.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

interface FileReport {
  name: string;
  status: string;
  assertionResults: { status: string; fullName: string }[];
}

interface VitestReport {
  numPassedTests: number;
  numPendingTests: number;
  testResults: FileReport[];
}

/** A second try of more files than these says nothing of deadlines: something is broken. */
const maxFilesTriedAgain = 8;

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const cache = join(root, 'node_modules', '.cache');
const summaryPath = join(cache, 'test-summary.txt');
mkdirSync(cache, { recursive: true });
rmSync(summaryPath, { force: true });

function runVitest(
  reportName: string,
  args: readonly string[],
): { status: number | null; report: VitestReport } {
  const reportPath = join(cache, reportName);
  rmSync(reportPath, { force: true });
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`];
  const { status } = spawnSync(process.execPath, [vitest, 'run', ...reporters, ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  try {
    return { status, report: JSON.parse(readFileSync(reportPath, 'utf8')) as VitestReport };
  } catch {
    console.error('vitest left no report');
    return { status: status || 1, report: { numPassedTests: 0, numPendingTests: 0, testResults: [] } };
  }
}

/** The failed tests of a file by name; a file that cannot be loaded has failed without a test of its own. */
function failuresOf(file: FileReport): string[] {
  const failed = file.assertionResults.filter(({ status }) => status === 'failed');
  if (failed.length > 0) return failed.map(({ fullName }) => fullName);
  return file.status === 'failed' ? ['(the whole file)'] : [];
}

const args = process.argv.slice(2);
const first = runVitest('test-report.json', args);
let passed = first.report.numPassedTests;
const unsettled = first.report.testResults.filter((file) => failuresOf(file).length > 0);
const failures: string[] = [];
const late: string[] = [];
const triesAgain = args.length === 0 && unsettled.length <= maxFilesTriedAgain;
for (const file of unsettled) {
  const path = relative(root, file.name);
  const lines = failuresOf(file).map((name) => `${path}: ${name}`);
  if (!triesAgain) {
    failures.push(...lines);
    continue;
  }
  console.log(`\n${path} once more, alone`);
  const second = runVitest('test-report-again.json', [path]);
  const failedAgain = second.report.testResults.flatMap(failuresOf).map((name) => `${path}: ${name}`);
  if (second.status !== 0 && failedAgain.length === 0) failedAgain.push(`${path}: (the whole file)`);
  passed +=
    second.report.numPassedTests - file.assertionResults.filter(({ status }) => status === 'passed').length;
  failures.push(...failedAgain);
  late.push(...lines.filter((line) => !failedAgain.includes(line)));
}
// errors outside of tests fail the run as well
if (first.status !== 0 && unsettled.length === 0)
  failures.push('an error outside of tests, or no test at all');

if (first.report.numPendingTests > 0) console.log(`${first.report.numPendingTests} skipped`);
for (const line of late) console.log(`passed only at the second try: ${line}`);
for (const line of failures) console.log(`failed: ${line}`);
const summary = `${passed} passed, ${failures.length} failed`;
writeFileSync(summaryPath, `${summary}\n`);
console.log(summary);
process.exitCode = failures.length > 0 ? 1 : 0;
