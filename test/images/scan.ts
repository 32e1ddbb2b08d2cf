import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a service's image has no use for, by the names of files. */
const names: readonly RegExp[] = [
  // compilers and package managers
  /(^|\/)(s?bin|libexec)\/(.*-)?(gcc|g\+\+|cc|c\+\+|clang|ld|as|make|cmake|rustc|npm|tsc|node-gyp)(-[\d.]+)?$/,
  // the training engine, and what only development needs
  /(^|\/)(cc1(plus)?|libtorch[^/]*\.so[^/]*|torch\.node|typescript|vitest)$/,
  // data, models, sources, tests
  /opt\/semblance\/.*\.(jpe?g|png|heic|onnx|safetensors|sqlite|gyp|cc|cpp|hpp|h|rs|map|ts)$/,
  /opt\/semblance\/.*(\.test\.|-suite\.|(^|\/)(testing|fixtures)\/)/,
  // where secrets are kept
  /(^|\/)(\.env|\.npmrc|\.git|\.ssh|\.aws|\.netrc|id_(rsa|ed25519)|auth\.json|config\.json|htpasswd)$/,
];

/** A private key, or a credential of a cloud; not the one that a cloud's own documentation shows. */
const secret =
  /-----BEGIN (RSA |EC |OPENSSH |)PRIVATE KEY-----\n[A-Za-z0-9+/=\n]{200,}|\bAKIA(?![0-9A-Z]{9}EXAMPLE)[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b/;

/** Looks through an unpacked image for what is not to be in it: by names everywhere, by content where ours and settings are. */
export function scan(root: string): { numFiles: number; unwanted: string[] } {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const files = entries.map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return { path, name: path.slice(root.length + 1), isFile: entry.isFile() };
  });
  const holdsSecret = ({ path, name, isFile }: (typeof files)[number]): boolean =>
    isFile && /^(opt\/semblance|etc)\//.test(name) && secret.test(readFileSync(path, 'latin1'));
  const unwanted = files.filter(
    (file) => names.some((pattern) => pattern.test(file.name)) || holdsSecret(file),
  );
  return { numFiles: files.length, unwanted: unwanted.map(({ name }) => name) };
}
