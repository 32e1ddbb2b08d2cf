import { expect, test } from 'vitest';
import { entropy, isSecretFile, redactDiff, secretsIn } from './secret-scan.ts';
import { isNamedSecret } from './secrets.ts';

// put together here: scanners of repositories would find them as they are
const github = `ghp_${'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'}`;
const aws = `AKIA${'QWERTYUIOPASDFGH'}`;
const url = `postgres://user:${'password'}@host/db`;
const key = `-----BEGIN RSA ${'PRIVATE KEY'}-----\nMIIEpAIBAAKCAQEA\n-----END RSA ${'PRIVATE KEY'}-----`;

test.each([
  ['--token', github, `--token ${github}`],
  ['an AWS key', aws, `key ${aws}`],
  ['a password in a URL', 'password', url],
  ['a private key', key, `text\n${key}\n`],
  ['a value that looks random', 'x8Kq2mZ7pL4vT9wR', 'api_key = "x8Kq2mZ7pL4vT9wR"'],
])('%s is found, as it stands', async (_, secret, text) => {
  const found = await secretsIn(text);
  expect(found).toHaveLength(1);
  const { start, end } = found[0]!;
  expect(text.slice(start, end)).toContain(secret);
});

test.each([
  'tokenizer = "bert-base-uncased"',
  'numTokens: 4096, maxTokens = 128',
  'password = os.environ["DB_PASSWORD"]',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as it stands in a shell's script
  'url = "postgres://user:${PASSWORD}@host/db"',
  'https://example.org:8080/a@b',
  'token = tokens[position + 1].text',
  'sha256 = ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  'passwordPolicy: "at least 12 characters"',
])('%s holds none', async (text) => {
  expect(await secretsIn(text)).toEqual([]);
});

test('entropy is that of the frequencies', () => {
  expect(entropy('aaaa')).toBe(0);
  expect(entropy('abab')).toBe(1);
  expect(entropy('abcdefgh')).toBe(3);
});

test('files of secrets are known by their names', () => {
  const secret = [
    '.env',
    'a/.env',
    '.env.local',
    'prod.env',
    'id_ed25519',
    'tls/server.key',
    'x.pem',
    '.npmrc',
  ];
  expect(secret.filter((path) => !isSecretFile(path))).toEqual([]);
  const harmless = [
    '.env.example',
    'env.py',
    'environment.yml',
    'keys.py',
    'train.sh',
    'id_rsa.pub',
    'token.json',
  ];
  expect(harmless.filter(isSecretFile)).toEqual([]);
});

test('names say what is a credential as a word, and models have tokens', () => {
  const secrets: [string, string][] = [
    ['HF_PASSWORD', 'x'],
    ['apiKey', 'abc'],
    ['db.password', 'hunter2'],
    ['token', 'x8Kq2mZ7pL4vT9wR'],
  ];
  expect(secrets.filter((pair) => !isNamedSecret(...pair))).toEqual([]);
  const harmless: [string, string][] = [
    ['tokenizer', 'bpe'],
    ['numTokens', '4096'],
    ['pad_token', '<pad>'],
    ['maskToken', '[MASK]'],
    ['token', 'cls'],
    ['accessKeyframes', '3'],
    ['password', '{secret}'],
  ];
  expect(harmless.filter((pair) => isNamedSecret(...pair))).toEqual([]);
});

test('a diff without its secrets still applies; of a file whose old lines hold one nothing is told', async () => {
  const diff = [
    'diff --git a/a.py b/a.py',
    '--- a/a.py',
    '+++ b/a.py',
    '@@ -1,2 +1,2 @@',
    ' x = 1',
    '-y = 2',
    `+y = "${github}"`,
    'diff --git a/b.py b/b.py',
    '--- a/b.py',
    '+++ b/b.py',
    '@@ -1,2 +1,2 @@',
    ` db = "${url}"`,
    '-y = 2',
    '+y = 3',
    '',
  ].join('\n');
  const { text, redacted } = await redactDiff(diff);
  expect(text.split('\n').slice(4)).toEqual([' x = 1', '-y = 2', '+y = "***"', '']);
  expect(redacted).toEqual([
    'a.py: a secret (github)',
    'b.py: its changes are left out, beside lines with a password in a URL',
  ]);
});
