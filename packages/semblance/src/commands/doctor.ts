import { defineCommand } from '../cli/command.ts';

interface Options {
  json?: boolean;
}

const marks = { ok: '✓', limited: '!', broken: '✗' } as const;

export const doctorCommand = defineCommand<Options>({
  path: ['doctor'],
  summary: 'checks this machine and says how to fix what is missing',
  description:
    'Exit code 1 if something is broken. The training engine may be missing on a machine that only recognizes.',
  examples: [
    ['semblance doctor', 'a list to read'],
    ['semblance doctor --json', 'one JSON object'],
  ],
  configure(command) {
    command.option('--json', 'prints JSON');
  },
  async run({ json = false }, io) {
    const { examine } = await import('../doctor/examine.ts');
    const findings = [];
    for await (const finding of examine()) {
      findings.push(finding);
      if (json) continue;
      io.out(`${marks[finding.state]} ${finding.name}: ${finding.detail}`);
      if (finding.mend) io.out(`    mend it with: ${finding.mend}`);
    }
    const isBroken = findings.some(({ state }) => state === 'broken');
    if (json) io.out(JSON.stringify({ ok: !isBroken, checks: findings }));
    return isBroken ? 1 : 0;
  },
});
