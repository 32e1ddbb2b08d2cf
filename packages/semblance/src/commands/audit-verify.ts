import { defineCommand } from '../cli/command.ts';

interface Options {
  file?: string;
  state?: string;
  lastSeal?: string;
}

export const auditVerifyCommand = defineCommand<Options>({
  path: ['audit', 'verify'],
  summary: 'says whether the lines of an audit are as they were written',
  description:
    'Each line is sealed together with the one before: a line that was changed, taken out or put elsewhere is found. Lines that ' +
    'were cut off at the end are found by --last-seal.',
  examples: [
    ['semblance audit verify', 'that of the service'],
    [
      'semblance audit verify audit.jsonl.1 --last-seal 5e0b…',
      'a file that was moved away, with a seal noted before',
    ],
  ],
  configure(command) {
    command
      .argument('[file]', 'an audit that was moved away (default: audit.jsonl in the folder of the service)')
      .option(
        '--state <dir>',
        'the folder of the service, which has the secret (default: ~/.semblance/service)',
      )
      .option('--last-seal <seal>', 'a seal that was printed earlier, which a line has to have');
  },
  async run({ file, state, lastSeal }, io) {
    const { AUDIT_FILE, readAudit } = await import('@semblance/serve/audit');
    const { defaultServiceDir } = await import('@semblance/serve');
    const { join } = await import('node:path');
    const folder = state ?? defaultServiceDir(io.env);
    const path = file ?? join(folder, AUDIT_FILE);
    let isHeld = lastSeal === undefined;
    const check = await readAudit(path, { folder, told: ({ seal }) => void (isHeld ||= seal === lastSeal) });
    const { numLines, flaw } = check;
    if (flaw) {
      io.err(`${path}, line ${flaw.line}: ${flaw.why}`);
      return 1;
    }
    if (!isHeld) {
      io.err(
        `${path}: none of its ${numLines} lines has the seal ${lastSeal}: lines were cut off, or it is another file`,
      );
      return 1;
    }
    io.out(`${numLines} lines, each as it was written; the last seal is ${check.lastSeal}`);
    return 0;
  },
});
