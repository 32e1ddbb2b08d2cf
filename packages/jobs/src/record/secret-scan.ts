import type { SecretLintCoreConfig } from '@secretlint/types';

/** A secret in a text: where, and what it looks like. */
export interface FoundSecret {
  /** Offsets of its first character and of that behind its last. */
  start: number;
  end: number;
  /** From 1. */
  line: number;
  /** `a GitHub token`, to be put into a sentence; never the secret itself. */
  kind: string;
}

/** Files that hold secrets by their names, as programs and people call them. */
const secretFile =
  /(^|\/)(\.env(\.[\w.-]+)?|[\w.-]+\.env|\.netrc|\.npmrc|\.pypirc|\.htpasswd|\.git-credentials|\.pgpass|id_(rsa|dsa|ecdsa|ed25519)|[\w.-]+\.(pem|key|p12|pfx|jks|keystore)|credentials(\.json)?|secrets?\.(json|ya?ml|toml)|service[-_]?account[\w.-]*\.json)$/i;
const exampleFile = /\.(example|sample|template|dist)$/i;

/** Whether a file holds secrets by its name: `.env`, `id_rsa`, `credentials.json`; not `.env.example`. */
export const isSecretFile = (path: string): boolean => secretFile.test(path) && !exampleFile.test(path);

/** `user:password@` in a URL; what stands for a password to be filled in is none. */
const urlPassword = /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@'"`]*:([^\s/@'"`]{3,})@/gi;
const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;
/** A name that says so, and a value of one piece: as gitleaks' generic rule, whose least entropy this is too. */
const assigned =
  /(?:secret|token|passw(?:or)?d|api[_-]?key|access[_-]?key|credential|private[_-]?key)[\w-]*["'`]?(?:\s*[:=]\s*|\s+)["'`]?([A-Za-z0-9_+/=.~!@#%^&*-]{10,})/gi;
const LEAST_BITS = 3.5;
const placeholder = /^[{<$%[]|^\*+$|^x+$|\$\{|\(|^(?:[a-z]+[._-])*(?:example|placeholder|changeme|your)/i;

/**
 * The secrets in a text: by secretlint's rules for the tokens of services, by URLs with a password, by private keys, and by
 * names that say so with a value that looks random.
 */
export async function secretsIn(text: string): Promise<FoundSecret[]> {
  const found = [...(await knownTokens(text)), ...ownFinds(text)].sort((a, b) => a.start - b.start);
  // of two that overlap the first and longest
  const apart: FoundSecret[] = [];
  for (const secret of found) {
    const last = apart.at(-1);
    if (!last || secret.start >= last.end) apart.push(secret);
    else last.end = Math.max(last.end, secret.end);
  }
  return apart;
}

function ownFinds(text: string): FoundSecret[] {
  const find = (
    pattern: RegExp,
    kind: string,
    group: number,
    isOne: (value: string) => boolean,
  ): FoundSecret[] =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const value = match[group]!;
      if (!isOne(value)) return [];
      const start = match.index + match[0].lastIndexOf(value);
      return [{ start, end: start + value.length, line: lineAt(text, start), kind }];
    });
  const isReal = (value: string): boolean => !placeholder.test(value);
  return [
    ...find(urlPassword, 'a password in a URL', 1, isReal),
    ...find(privateKey, 'a private key', 0, () => true),
    ...find(
      assigned,
      'a value that looks like a credential',
      1,
      (value) => isReal(value) && looksRandom(value),
    ),
  ];
}

/** Letters and digits in no order: code and words have less entropy, or no digits. */
export function looksRandom(value: string): boolean {
  return /\d/.test(value) && /[a-z]/i.test(value) && entropy(value) >= LEAST_BITS;
}

/** Shannon's, in bits for each character. */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** What secretlint calls them, for people. */
const kindOf = (ruleId: string): string => `a secret (${ruleId.replace(/^.*secretlint-rule-/, '')})`;

let linting: Promise<(text: string) => Promise<FoundSecret[]>> | undefined;

async function knownTokens(text: string): Promise<FoundSecret[]> {
  return (await (linting ??= openLinter()))(text);
}

/** Loaded when it is first needed: most commands scan nothing. */
async function openLinter(): Promise<(text: string) => Promise<FoundSecret[]>> {
  const { lintSource } = await import('@secretlint/core');
  const { creator } = await import('@secretlint/secretlint-rule-preset-recommend');
  const config: SecretLintCoreConfig = {
    rules: [
      {
        id: '@secretlint/secretlint-rule-preset-recommend',
        rule: creator,
        rules: [{ id: '@secretlint/secretlint-rule-aws', options: { enableIDScanRule: true } }],
      },
    ],
  };
  return async (text) => {
    const source = { content: text, filePath: 'text', contentType: 'text' as const, ext: '' };
    const { messages } = await lintSource({ source, options: { config, noPhysicFilePath: true } });
    return messages.map(({ range: [start, end], ruleId, ruleParentId: _, loc }) => ({
      start,
      end,
      line: loc.start.line,
      kind: kindOf(ruleId),
    }));
  };
}

const BLOT = '***';

/** The text with its secrets blotted out; lines stay lines. */
export async function redactText(text: string): Promise<{ text: string; found: FoundSecret[] }> {
  const found = await secretsIn(text);
  let clean = text;
  for (const { start, end } of found.toReversed()) {
    const blot = text
      .slice(start, end)
      .split('\n')
      .map(() => BLOT)
      .join('\n');
    clean = clean.slice(0, start) + blot + clean.slice(end);
  }
  return { text: clean, found };
}

/**
 * A diff with the secrets of its new lines blotted out: it still applies. Of a file whose old lines hold one, which have to
 * stay as they are for that, all is left out.
 *
 * @returns what was left out, a line for each: the file and the kind
 */
export async function redactDiff(diff: string): Promise<{ text: string; redacted: string[] }> {
  const redacted: string[] = [];
  const sections: string[] = [];
  for (const section of diff.split(/^(?=diff --git )/m)) {
    const name =
      /^\+\+\+ b\/(.*)$/m.exec(section)?.[1] ?? /^diff --git a\/(.*?) b\//.exec(section)?.[1] ?? '';
    const lines = section.split('\n');
    const isBody = lines.map(
      (line, i) => i >= lines.findIndex((head) => head.startsWith('@@')) && /^[ +-]/.test(line),
    );
    const body = (marks: string): number[] =>
      lines.flatMap((line, i) => (isBody[i] && marks.includes(line[0]!) ? [i] : []));
    const contentOf = (at: readonly number[]): string => at.map((i) => lines[i]!.slice(1)).join('\n');
    const [old] = await secretsIn(contentOf(body(' -')));
    if (old) {
      redacted.push(`${name}: its changes are left out, beside lines with ${old.kind}`);
      continue;
    }
    const added = body('+');
    const { text, found } = await redactText(contentOf(added));
    for (const { kind } of found) redacted.push(`${name}: ${kind}`);
    const clean = text.split('\n');
    for (const [n, i] of added.entries()) lines[i] = `+${clean[n]}`;
    sections.push(lines.join('\n'));
  }
  return { text: sections.join(''), redacted };
}
