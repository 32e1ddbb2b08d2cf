import { expect, test } from 'vitest';
import { record } from '../testing/recorder.ts';
import { checks } from './checks.ts';

test('looks at everything, and whatever is not in place has a line that mends it', async () => {
  const { code, out } = await record('doctor', '--json');
  const report = JSON.parse(out.join('\n')) as {
    ok: boolean;
    checks: { name: string; state: string; detail: string; mend?: string }[];
  };
  expect(report.checks.map(({ name }) => name)).toEqual(checks.map(({ name }) => name));
  const state = Object.fromEntries(report.checks.map((check) => [check.name, check.state]));
  // what these tests themselves run on
  for (const name of [
    'Node.js',
    'images (sharp)',
    'inference (ONNX Runtime)',
    'search (gallery index)',
    'galleries (SQLite)',
  ]) {
    expect(state[name], name).toBe('ok');
  }
  expect(report.ok).toBe(true);
  expect(code).toBe(0);
});
