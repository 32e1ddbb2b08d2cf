import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { workspacePackages } from '../scripts/packaging/packages.ts';
import { closeSection, sectionOf } from '../scripts/release/changelog.ts';
import { isVersion } from '../scripts/release/version.ts';
import { root } from './source-files.ts';

const changelog = '# Changelog\n\n## 0.2.0 (unreleased)\n\n- new\n\n## 0.1.0 (2026-01-02)\n\n- old\n';
const day = new Date('2026-11-28T12:00:00Z');

test('the open section of the changelog becomes that of the version', () => {
  const closed = closeSection(changelog, '0.2.0', day);
  expect(closed).toBe(changelog.replace('(unreleased)', '(2026-11-28)'));
  expect(sectionOf(closed, '0.2.0')).toBe('- new');
  expect(sectionOf(closed, '0.1.0')).toBe('- old');
});

test('a changelog that says nothing new is no release', () => {
  expect(() => closeSection(changelog, '0.1.0', day)).toThrow(/section of 0\.1\.0 already/);
  expect(() => closeSection(closeSection(changelog, '0.2.0', day), '0.3.0', day)).toThrow(/unreleased/);
  expect(() => closeSection('## 1.0.0 (unreleased)\n\n', '1.0.0', day)).toThrow(/says nothing/);
});

test('versions are three numbers, and a word before a release', () => {
  expect(['0.2.0', '1.0.0-rc.1', 'v1.0.0', '1.0', 'next'].map(isVersion)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

test('a dry run packs every package in the version with its checksum, and changes nothing', () => {
  const out = mkdtempSync(join(tmpdir(), 'release-test-'));
  onTestFinished(() => rmSync(out, { recursive: true }));
  const changed = () => execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' });
  const before = changed();
  const args = [join(root, 'scripts', 'release.ts'), '9.9.9', '--dry-run', '--out', out];
  const said = execFileSync(process.execPath, args, { encoding: 'utf8' });
  expect(said).toContain('nothing was changed');
  expect(changed()).toBe(before);

  const names = workspacePackages().map(({ json }) => json.name.replace('@', '').replace('/', '-'));
  const tarballs = names.map((name) => `${name}-9.9.9.tgz`).sort();
  expect(readdirSync(out).sort()).toEqual(['NOTES.md', 'SHA256SUMS', ...tarballs].sort());
  const sums = readFileSync(join(out, 'SHA256SUMS'), 'utf8').trim().split('\n');
  expect(sums.map((line) => line.split('  ')[1])).toEqual(tarballs);
  for (const line of sums) {
    const [sha256, file] = line.split('  ');
    expect(
      createHash('sha256')
        .update(readFileSync(join(out, file!)))
        .digest('hex'),
    ).toBe(sha256);
  }
  const semblance = join(out, 'semblance-9.9.9.tgz');
  const json = execFileSync('tar', ['-xzOf', semblance, 'package/package.json'], { encoding: 'utf8' });
  expect(JSON.parse(json)).toMatchObject({ version: '9.9.9', dependencies: { '@semblance/face': '9.9.9' } });
  expect(readFileSync(join(out, 'NOTES.md'), 'utf8').trim()).not.toBe('');
}, 300_000);
