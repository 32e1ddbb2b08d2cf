import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { commands, run } from 'semblance';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { commandGroups } from '../packages/semblance/src/commands/index.ts';
import { taskOfCommand } from '../packages/semblance/src/commands/job-kinds/task-of-command.ts';
import { record } from '../packages/semblance/src/testing/recorder.ts';
import { readOptions } from '../packages/torch/src/distributed/launcher/options.ts';
import { makeFixture } from './command-lines/fixture.ts';
import { linesOf, mentions, shellLines, words } from './command-lines/lines.ts';
import { type Outcome, outcomes, shapeOf } from './command-lines/outcomes.ts';
import { readJson, root } from './source-files.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Stands for the configuration that documents name: it is read before a command begins. */
const configDir = mkdtempSync(join(tmpdir(), 'semblance-config-'));
writeFileSync(join(configDir, 'serve.json'), '{ "port": 8080 }');
afterAll(() => rmSync(configDir, { recursive: true }));

/** What the command line would do, told instead of done: the command's words and the options it would be given. */
async function parse(args: readonly string[]): Promise<{ command: string; options: unknown }> {
  const called: { command: string; options: unknown }[] = [];
  for (const spec of commands) {
    vi.spyOn(spec, 'run').mockImplementation(async (options) => {
      called.push({ command: spec.path.join(' '), options });
      return 0;
    });
  }
  const said: string[] = [];
  const io: Parameters<typeof run>[1] = {
    out: (text) => void said.push(text),
    err: (text) => void said.push(text),
    draw: () => {},
    isTerminal: false,
    columns: () => 80,
    // where there are no jobs: versions that a line names stay names
    env: { SEMBLANCE_HOME: '/nowhere/semblance' },
  };
  const code = await run(
    args.map((word) => (word === 'serve.json' ? join(configDir, word) : word)),
    io,
  );
  expect({ code, said }).toEqual({ code: 0, said: [] });
  expect(called.length).toBe(1);
  return called[0]!;
}
afterEach(() => vi.restoreAllMocks());

/** A command line of ours still parses; what a job is to run is a command line of its own. */
async function holds(args: readonly string[]): Promise<void> {
  const { command, options } = await parse(args);
  if (command !== 'jobs create' && command !== 'jobs sweep') return;
  const { words: inner = [], task } = options as { words?: string[]; task?: string };
  if (inner.length === 0) return;
  const { task: kind } = taskOfCommand(inner, { isCustom: task === 'custom' });
  if (kind === 'custom') return;
  // a training and a gallery need no --out of their own behind --: the version has a folder for them
  const needsOut = ['train', 'gallery'].includes(inner[0]!) && !inner.includes('--out');
  await parse(needsOut ? [...inner, '--out', 'x'] : inner);
}

describe('what the documentation has promised', () => {
  const documented = linesOf(read('test/command-lines/documented.txt'));
  const scripts = mkdtempSync(join(tmpdir(), 'semblance-scripts-'));
  beforeAll(() => {
    // the scripts as they are, beside a semblance that says what it was called with
    for (const name of readdirSync(join(root, 'scripts')).filter((file) => file.startsWith('run_')))
      copyFileSync(join(root, 'scripts', name), join(scripts, name));
    writeFileSync(join(scripts, 'semblance'), '#!/bin/sh\nprintf "%s\\n" "$@"\n', { mode: 0o755 });
  });
  afterAll(() => rmSync(scripts, { recursive: true }));

  test.each(documented)('%s', async (line) => {
    const [program, ...args] = words(line) as [string, ...string[]];
    if (program === 'semblance' || program === 'scripts/semblance') return holds(args);
    if (program.startsWith('scripts/run_')) {
      const called = execFileSync(join(scripts, program.slice('scripts/'.length)), args, {
        encoding: 'utf8',
      });
      return holds(called.trimEnd().split('\n'));
    }
    if (program === 'torch-run') return void expect(readOptions(args, {})).not.toBeNull();
    if (program === 'node') return void expect(existsSync(join(root, args[0]!)), args[0]).toBe(true);
    if (program === 'npm')
      return void expect(readJson<{ scripts: object }>('package.json').scripts).toHaveProperty([args[1]!]);
    expect(program).toBe('make');
    expect(read('Makefile')).toMatch(new RegExp(`^${args[0]}:`, 'm'));
  });
});

describe('what is documented today', () => {
  const documents = [
    'README.md',
    'README.zh-CN.md',
    ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md'))
      .map((file) => `docs/${file}`),
  ].filter((file) => existsSync(join(root, file)));
  const lines = documents.flatMap((file) => shellLines(read(file)).map((line) => [file, line] as const));

  test('is found', () => expect(lines.length).toBeGreaterThan(15));
  test.each(lines)('%s: %s', (_, line) => holds(words(line).slice(1)));

  const mentioned = documents.flatMap((file) => mentions(read(file)).map((line) => [file, line] as const));
  test.each(mentioned)('%s speaks of `%s`', (_, line) => {
    const [, ...args] = words(line);
    const spec = commands
      .filter(({ path }) => path.every((word, i) => args[i] === word))
      .sort((a, b) => b.path.length - a.path.length)[0];
    if (!spec) return void expect(Object.keys(commandGroups).concat('--help'), line).toContain(args[0]);
    const command = new Command();
    spec.configure(command);
    const flags = args
      .slice(0, args.includes('--') ? args.indexOf('--') : args.length)
      .flatMap((word) => /^\[?(--[a-z-]+)/.exec(word)?.[1] ?? []);
    expect(command.options.map(({ long }) => long).concat('--help')).toEqual(expect.arrayContaining(flags));
  });
});

describe('the examples of --help', () => {
  const examples = commands.flatMap(({ path, examples }) =>
    examples.map(([call]) => [path.join(' '), call] as const),
  );

  test('each command has one', () => {
    expect(commands.filter(({ examples }) => examples.length === 0)).toEqual([]);
  });
  test.each(examples)('%s: %s', (_, call) => holds(words(call).slice(1)));
});

describe('the outcome is what it was', () => {
  let fixture: Awaited<ReturnType<typeof makeFixture>>;
  beforeAll(async () => {
    fixture = await makeFixture();
  });
  afterAll(() => fixture?.remove());
  const expected = readJson<Record<string, Outcome>>('test/command-lines/outcomes.json');
  const counted = outcomes.map((line, i) => {
    const numBefore = outcomes.slice(0, i).filter((before) => before === line).length;
    return [line, expected[line + ' again'.repeat(numBefore)]!] as const;
  });

  test.each(counted)('%s', { timeout: 60_000 }, async (line, { code, error, json, csv }) => {
    const done = await record(...line.replaceAll('DIR', fixture.dir).split(' '));
    const said = done.err.join('\n');
    expect(done.code, said).toBe(code);
    expect(/^error ([A-Z_]+)/m.exec(said)?.[1]).toBe(error);
    // fields may be added
    if (json) expect(shapeOf(done.out.join('\n'))).toEqual(expect.arrayContaining(json));
    if (csv) expect(done.out.join('\n').trim().replaceAll(fixture.dir, 'DIR')).toBe(csv.trim());
  });
});
