import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codePlace } from './code-place.ts';
import { storePaths, versionPaths } from './home.ts';
import type { Version } from './model.ts';
import { installedPackages } from './record/installed.ts';
import { script, type TestJobs, testJobs } from './testing/with-jobs.ts';

let own: TestJobs;
beforeAll(async () => {
  own = await testJobs({ SEMBLANCE_JOB_SLOTS: '1' });
});
afterAll(() => own[Symbol.asyncDispose]());

/** A folder with a program, data beside it, and a file of settings with secrets. */
async function project(name: string, isRepository: boolean): Promise<string> {
  const dir = join(own.dir, name);
  await mkdir(join(dir, 'data'), { recursive: true });
  await mkdir(join(dir, 'results'));
  await writeFile(
    join(dir, 'train.sh'),
    '. ./.env; echo first $(cat data/set) $KEY; echo log > results/log\n',
  );
  await writeFile(join(dir, 'data', 'set'), 'set');
  await writeFile(join(dir, '.env'), 'KEY=hunter2-very-secret\n');
  if (!isRepository) return dir;
  await writeFile(join(dir, '.gitignore'), 'data/\n');
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', dir, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args]);
  git('init', '-q');
  git('add', 'train.sh', '.gitignore');
  git('commit', '-qm', 'first');
  return dir;
}

const saidBy = (version: Version): string =>
  readFileSync(join(versionPaths(own.jobs.home, version).outputs, 'said'), 'utf8').trim();

describe.each([
  ['in git', true],
  ['outside of git', false],
])('a version %s', (what, isRepository) => {
  const task = script('sh train.sh > {outputs}/said; [ $SEMBLANCE_ATTEMPT = 2 ]');

  test('runs the code that it was made with, in every attempt, and finds what lies beside it', async () => {
    const dir = await project(`changing ${what}`, isRepository);
    const busy = await own.jobs.create('busy', script('sleep 600'));
    await own.until(busy, 'running');
    const made = await own.jobs.create('changing', task, { cwd: dir });
    await writeFile(join(dir, 'train.sh'), 'echo second\n');
    await own.jobs.stop(busy);
    const failed = await own.until(made);
    expect(failed).toMatchObject({ state: 'failed', exitCode: 1 });
    expect(saidBy(failed)).toBe('first set hunter2-very-secret');
    await own.jobs.resume(failed);
    expect(saidBy(await own.until(failed, 'completed'))).toBe('first set hunter2-very-secret');
    const next = await own.until(await own.jobs.modify(failed, {}));
    expect(saidBy(next)).toBe('second');
    const [difference] = await own.jobs.differences([failed, next]);
    expect(difference!.code).toContain('+echo second');
    expect(own.jobs.compare([failed, next]).code.differs).toBe(true);
    // what it wrote beside its code stays, and the code itself is laid out for as long as it runs
    const { code } = versionPaths(own.jobs.home, failed);
    expect(readdirSync(code, { recursive: true })).toEqual(['results', 'results/log']);
  });

  test('keeps no file of secrets, and says so', async () => {
    const dir = await project(`secret ${what}`, isRepository);
    await writeFile(
      join(dir, 'settings.py'),
      `TOKEN = "ghp_${'a1B2c3D4e5F6g7H8i9J0'.repeat(2).slice(0, 36)}"\n`,
    );
    const made = await own.until(await own.jobs.create('secret', task, { cwd: dir }));
    const paths = versionPaths(own.jobs.home, made);
    const kept = execFileSync('tar', ['-xOzf', paths.codePack], { encoding: 'utf8' });
    const diff = existsSync(paths.codeDiff) ? readFileSync(paths.codeDiff, 'utf8') : '';
    expect(kept).toContain('echo first');
    expect(kept + diff + JSON.stringify(made)).not.toMatch(/hunter2-very-secret|ghp_a1B2/);
    const why = Object.fromEntries(made.code!.notKept!.map((file) => [file.path, file.why]));
    expect(why['settings.py']).toBe('holds a secret (github) in line 1');
    if (isRepository) expect(why['.env']).toBe('holds secrets, by its name');
    expect(saidBy(made)).toBe('first set hunter2-very-secret');
  });

  test('is told from one with another large file beside its code', async () => {
    const dir = await project(`large ${what}`, isRepository);
    const make = async (byte: number) => {
      await writeFile(join(dir, 'weights.bin'), Buffer.alloc(2 << 20, byte));
      return own.until(await own.jobs.create('large', task, { cwd: dir }));
    };
    const [one, other] = [await make(1), await make(2)];
    expect(one.code!.notKept).toContainEqual(
      expect.objectContaining({ path: 'weights.bin', sizeBytes: 2 << 20, why: 'too large for code' }),
    );
    expect(own.jobs.compare([one, other]).code.differs).toBe(true);
    const [difference] = await own.jobs.differences([one, other]);
    expect(difference!.code).toContain('# weights.bin (not kept): 2097152 bytes, then 2097152 others');
    expect(own.jobs.compare([other, await make(2)]).code.differs).toBe(false);
  });

  test('that is to run in place does, and says where its attempts ran other code', async () => {
    const dir = await project(`in place ${what}`, isRepository);
    const run = { cwd: dir, isCodeInPlace: true };
    const failed = await own.until(await own.jobs.create('in-place', task, run));
    expect(failed.code).toMatchObject({ inPlace: 'it was asked for' });
    expect(existsSync(versionPaths(own.jobs.home, failed).codePack)).toBe(false);
    expect(failed.code!.otherAttempts).toBeUndefined();
    await writeFile(join(dir, 'train.sh'), 'echo second\n');
    await own.jobs.resume(failed);
    const resumed = await own.until(failed, 'completed');
    expect(saidBy(resumed)).toBe('second');
    expect(resumed.code!.otherAttempts).toMatchObject([{ attempt: 2, changed: [{ name: 'train.sh' }] }]);
    const log = await own.jobs.logPage(resumed, { lines: 100 });
    expect(log.lines.map(({ text }) => text).join()).toContain(
      'WARNING: this attempt runs other code than was recorded: train.sh changed',
    );
  });
});

test('versions of the same code share its snapshot, and the last one takes it along', async () => {
  const dir = await project('shared', true);
  const make = async () => own.until(await own.jobs.create('shared', script('true'), { cwd: dir }));
  const [one, other] = [await make(), await make()];
  const packOf = (version: Version) => versionPaths(own.jobs.home, version).codePack;
  expect(statSync(packOf(one)).ino).toBe(statSync(packOf(other)).ino);
  const { ino } = statSync(packOf(one));
  const pool = storePaths(own.jobs.home).code;
  const isThere = () => readdirSync(pool).some((name) => statSync(join(pool, name)).ino === ino);
  await own.jobs.remove(one);
  expect(isThere()).toBe(true);
  expect(statSync(packOf(other)).ino).toBe(ino);
  await own.jobs.remove(other);
  expect(isThere()).toBe(false);
});

test('packages of a workspace are those of the snapshot, and others are found where they are installed', async () => {
  const dir = await project('workspace', true);
  await mkdir(join(dir, 'packages', 'part'), { recursive: true });
  await writeFile(join(dir, 'packages', 'part', 'index.js'), 'module.exports = "first"');
  await mkdir(join(dir, 'node_modules', '@own'), { recursive: true });
  await mkdir(join(dir, 'node_modules', 'other'), { recursive: true });
  await writeFile(join(dir, 'node_modules', 'other', 'index.js'), 'module.exports = "other"');
  await symlink('../../packages/part', join(dir, 'node_modules', '@own', 'part'));
  await writeFile(join(dir, '.gitignore'), 'node_modules/\n');
  await writeFile(join(dir, 'main.js'), 'console.log(require("@own/part"), require("other"))');
  const busy = await own.jobs.create('busy', script('sleep 600'));
  await own.until(busy, 'running');
  // by its absolute path, too
  const task = script(`node ${dir}/main.js > {outputs}/said`);
  const made = await own.jobs.create('workspace', task, { cwd: dir });
  await writeFile(join(dir, 'packages', 'part', 'index.js'), 'module.exports = "second"');
  await writeFile(join(dir, 'main.js'), 'console.log("second")');
  await own.jobs.stop(busy);
  expect(saidBy(await own.until(made, 'completed'))).toBe('first other');
});

test('of an installed program its packages are recorded, with what tells copies apart', async () => {
  const dir = join(own.dir, 'user');
  const write = async (name: string, facts: object) => {
    await mkdir(join(dir, 'node_modules', name, 'dist'), { recursive: true });
    await writeFile(join(dir, 'node_modules', name, 'package.json'), JSON.stringify({ name, ...facts }));
    await writeFile(join(dir, 'node_modules', name, 'dist', 'index.js'), '1');
  };
  await write('tool', { version: '1.2.3', dependencies: { '@tool/part': '2.0.0', elsewhere: '3.0.0' } });
  await write('@tool/part', { version: '2.0.0' });
  await write('elsewhere', { version: '3.0.0' });
  execFileSync('git', ['init', '-q', dir]);
  const at = join(dir, 'node_modules', 'tool', 'dist');
  const before = await installedPackages(at);
  expect(before).toEqual({
    tool: expect.stringMatching(/^1\.2\.3 [0-9a-f]{16}$/),
    '@tool/part': expect.stringMatching(/^2\.0\.0 [0-9a-f]{16}$/),
  });
  await writeFile(join(dir, 'node_modules', '@tool', 'part', 'dist', 'index.js'), '2');
  const after = (await installedPackages(at))!;
  expect([after.tool, after['@tool/part'] === before!['@tool/part']]).toEqual([before!.tool, false]);
  expect(await installedPackages(dir)).toBeNull();
});

test('paths of the code become those of its snapshot, and nothing else does', async () => {
  const [root, dir] = [join(own.dir, 'root'), join(own.dir, 'laid out')];
  await mkdir(join(dir, 'lib'), { recursive: true });
  await writeFile(join(dir, 'a.py'), '');
  const place = codePlace({ root, dir });
  expect(place.cwd(join(root, 'lib'))).toBe(join(dir, 'lib'));
  expect(place.cwd(join(root, 'none'))).toBe(join(root, 'none'));
  expect(place.cwd(`${root}-2/lib`)).toBe(`${root}-2/lib`);
  expect(place.word(`cd ${root}/lib && python "${root}/a.py" --out=${root}/out ${root}-2/a.py`)).toBe(
    `cd ${dir}/lib && python "${dir}/a.py" --out=${root}/out ${root}-2/a.py`,
  );
  expect(place.env({ PYTHONPATH: `${root}:/x`, HOME: root })).toEqual({
    PYTHONPATH: `${dir}:/x`,
    HOME: root,
  });
});
