import { describe, expect, test } from 'vitest';
import { commandGroups, commands } from './commands/index.ts';
import { record } from './testing/recorder.ts';

describe('usage', () => {
  test.each([
    [['detect', '--dta', 'x'], 'USAGE_UNKNOWN_FLAG', "unknown option '--dta'. Did you mean --data?"],
    [
      ['recognize', '--data', 'x', '--gallery', 'g', '--detector', 'd', '--recogniser', 'r'],
      'USAGE_UNKNOWN_FLAG',
      'Did you mean --recognizer?',
    ],
    [['detect', '--data=x', '--detector=y', '--frobnicate'], 'USAGE_UNKNOWN_FLAG', "'--frobnicate'"],
    [['recognize', '--gallery', 'x'], 'USAGE_MISSING_ARGUMENT', '--data'],
    [['gallery', 'build', '--data', 'x'], 'USAGE_MISSING_ARGUMENT', '--out'],
    [['detect', '--data'], 'USAGE_MISSING_ARGUMENT', '--data'],
    [['model', 'inspect'], 'USAGE_MISSING_ARGUMENT', 'model'],
    [['recognise'], 'USAGE_UNKNOWN_COMMAND', 'Did you mean recognize?'],
    [['recognise', '--data', 'x'], 'USAGE_UNKNOWN_COMMAND', "'recognise'. Did you mean recognize?"],
    [['gallery', 'bild', '--data=x', '--out', 'y'], 'USAGE_UNKNOWN_COMMAND', 'Did you mean build?'],
    [['gallery', 'bild'], 'USAGE_UNKNOWN_COMMAND', 'Did you mean build?'],
    [['model', 'inspect', 'a', 'b'], 'USAGE_INVALID_VALUE', 'too many arguments'],
    [['detect', '--data=x', '--detector=y', '--format', 'jsn'], 'USAGE_INVALID_VALUE', 'Did you mean json?'],
    [['detect', '--data=x', '--detector=y', '--set', 'minFace'], 'USAGE_INVALID_VALUE', 'key=value'],
    [
      ['detect', '--data=x', '--detector=y', '--set', 'minFase=9'],
      'USAGE_INVALID_VALUE',
      'Did you mean minFace?',
    ],
    [['detect', '--data=x', '--detector=y', '--set', 'minFace=big'], 'USAGE_INVALID_VALUE', 'a number'],
    [
      ['gallery', 'build', '--data=x', '--detector=y', '--recognizer=z', '--out=o', '--fpir', '2'],
      'USAGE_INVALID_VALUE',
      '--fpir',
    ],
  ])('%j is refused', async (args, code, words) => {
    const result = await record(...args);
    expect(result.code).toBe(2);
    expect(result.out).toEqual([]);
    expect(result.err[0]).toMatch(`error ${code}: `);
    expect(result.err[0]).toContain(words);
  });

  test('missing data and models are wrong input, not failures', async () => {
    expect(await record('detect', '--data=/nowhere', '--detector=/nowhere.onnx')).toMatchObject({
      code: 2,
      err: ['error PATH_NOT_FOUND: no such file or folder: /nowhere'],
    });
    const image = new URL('run.test.ts', import.meta.url).pathname;
    const { code, err } = await record('detect', `--data=${image}`, '--detector=/nowhere.onnx');
    expect(code).toBe(2);
    expect(err[0]).toContain('MODEL_NOT_FOUND');
    const { err: unnamed } = await record('detect', `--data=${image}`);
    expect(unnamed[0]).toMatch(/^error MODEL_NOT_CHOSEN: .*semblance model pull/);
  });

  test('no command prints the help on the error stream', async () => {
    const { code, out, err } = await record();
    expect([code, out]).toEqual([2, []]);
    expect(err.join('\n')).toContain('recognize');
  });

  test('the version is that of the package', async () => {
    const { code, out } = await record('--version');
    expect(code).toBe(0);
    expect(out[0]).toMatch(/^\d+\.\d+\.\d+/);
  });
});

describe('help', () => {
  test('names every command', async () => {
    const { code, out } = await record('--help');
    expect(code).toBe(0);
    for (const { path } of commands) expect(out.join('\n')).toMatch(new RegExp(`^  ${path[0]}`, 'm'));
  });

  test.each(commands.map((spec) => [spec.path.join(' '), spec] as const))(
    'of %s teaches by examples',
    async (_, spec) => {
      const { code, out } = await record(...spec.path, '--help');
      expect(code).toBe(0);
      const text = out.join('\n');
      expect(text).toContain('Examples:');
      for (const [call, does] of spec.examples) {
        expect(text).toContain(call);
        expect(text).toContain(does);
        expect(call.startsWith(`semblance ${spec.path.join(' ')}`)).toBe(true);
        // the flags of an example exist; what stands behind -- is another command
        for (const flag of call.split(' -- ')[0]!.match(/--[a-z-]+/g) ?? [])
          expect(text).toContain(`  ${flag}`);
      }
      if (spec.path.length > 1) expect(Object.keys(commandGroups)).toContain(spec.path[0]);
    },
  );
});
