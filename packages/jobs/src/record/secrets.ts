import { looksRandom } from './secret-scan.ts';

/** Names of variables that hold credentials, wherever they come from. */
const secretName = /(SECRET|TOKEN|PASSWORD|PASSWD|CREDENTIAL|PRIVATE_KEY|ACCESS_KEY|API_?KEY|_AUTH$|_PAT$)/i;

export const isSecretName = (name: string): boolean => secretName.test(name);

/** A part of a name that says that its value is a credential: of `HF_TOKEN` and `apiKey`, not of `tokenizer` or `numTokens`. */
const secretWord =
  /(?:^|[._-])(?:(SECRET|PASSWORD|PASSWD|CREDENTIALS?|PRIVATE[_-]?KEY|ACCESS[_-]?KEY(?:[_-]?ID)?|API[_-]?KEY)|(TOKEN|AUTH|PAT))$/i;
/** Values that are no credential, whatever the name. */
const harmlessValue =
  /^(?:-?[\d.]+(?:e[+-]?\d+)?|true|false|null|none|yes|no|auto|<.*>|\[.*\]|\{[\w.]+\})?$/i;

/**
 * Whether a value is a credential by the name it has: of `password=…` any that is no number, of `token=…` one that looks
 * random, since models have tokens as well.
 */
export function isNamedSecret(name: string, value: string): boolean {
  const [, certain, likely] = secretWord.exec(name.replace(/([a-z])([A-Z])/g, '$1_$2')) ?? [];
  if (harmlessValue.test(value)) return false;
  return certain !== undefined || (likely !== undefined && value.length >= 12 && looksRandom(value));
}

/** The password of an address. */
const passwordIn = (address: string): string | undefined =>
  /:\/\/[^/?#\s:@]*:([^/?#\s]{3,})@/.exec(address)?.[1];

/** Variables that a command may need and that hold no secret: what workers get of the environment they are made in. */
const passed =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_\w+|TZ|TMPDIR|XDG_\w+|VIRTUAL_ENV|CONDA_PREFIX|PYTHON\w*|LD_LIBRARY_PATH|CUDA_\w+|NVIDIA_\w+|NCCL_\w+|GLOO_\w+|OMP_\w+|MKL_\w+|OPENBLAS_\w+|KMP_\w+|MALLOC_\w+|LIBTORCH|SEMBLANCE_(?!VERSION$|JOB$|STORE$|MACHINE$|SERVE_)\w+|HF_HOME|TORCH_HOME|NODE_OPTIONS|NODE_COMPILE_CACHE)$/;

/** Of an environment what is passed on to the workers of a version and stored with it: no credential. */
export function passedEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined &&
        passed.test(entry[0]) &&
        !isSecretName(entry[0]) &&
        passwordIn(entry[1]) === undefined,
    ),
  );
}

/** Of those what names places of this machine, and not how to compute. */
const places =
  /^(PATH|HOME|USER|LOGNAME|SHELL|TMPDIR|XDG_\w+|VIRTUAL_ENV|CONDA_PREFIX|PYTHON\w*|LD_LIBRARY_PATH|LIBTORCH|SEMBLANCE_\w+|HF_HOME|TORCH_HOME|NODE_OPTIONS|NODE_COMPILE_CACHE)$/;

/** What a version takes of its environment into an image, which has places of its own. */
export const withoutPlaces = (env: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !places.test(name)));

/** The text with the values of all variables that hold credentials blotted out. */
export function scrub(text: string, env: Readonly<Record<string, string | undefined>> = process.env): string {
  let clean = text;
  for (const [name, value] of Object.entries(env)) {
    // of an address its password is one
    const password = value === undefined ? undefined : passwordIn(value);
    if (password !== undefined) clean = clean.replaceAll(password, '***');
    if (value !== undefined && value.length >= 4 && isSecretName(name))
      clean = clean.replaceAll(value, '***');
  }
  return clean;
}

/** Variables by which object stores are reached: credentials of any kind, and what says where and as whom. */
const storageVariable = /^(AWS|OBS|S3|GOOGLE|AZURE|MINIO|HTTPS?_PROXY|NO_PROXY|SSL_CERT)/i;

/** Of an environment what the supervisor carries inputs and outputs with. */
export const storageEnvironment = (env: Readonly<Record<string, string | undefined>>): [string, string][] =>
  Object.entries(env)
    .filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && (storageVariable.test(entry[0]) || isSecretName(entry[0])),
    )
    .sort(([a], [b]) => (a < b ? -1 : 1));
