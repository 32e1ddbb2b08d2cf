import { defineCommand } from '../cli/command.ts';

interface Options {
  json?: boolean;
}

const marks = { ok: '✓', limited: '!', broken: '✗' } as const;

export const doctorCommand = defineCommand<Options>({
  path: ['doctor'],
  summary: 'checks that all is in place, and says what mends what is not',
  description:
    'Exit code 1 where something is broken. A machine that only recognises needs no training engine.',
  examples: [
    ['semblance doctor', 'a list for people'],
    ['semblance doctor --json', 'one JSON object for programs'],
  ],
  configure(command) {
    command.option('--json', 'prints JSON');
  },
  async run({ json = false }, io) {
    const { checks } = await import('../doctor/checks.ts');
    const findings = [];
    for (const check of checks) {
      const finding = { name: check.name, ...(await check.run()) };
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
