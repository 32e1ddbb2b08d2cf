import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });

/** Files of a certificate for this machine that signs itself, and of its key; with days below 0 one that has expired. */
export function makePair(dir: string, name: string, days = 2): { cert: string; key: string } {
  const path = (end: string) => join(dir, `${name}.${end}`);
  const [cert, key, request, names] = ['crt', 'key', 'csr', 'ext'].map(path) as [
    string,
    string,
    string,
    string,
  ];
  writeFileSync(names, 'subjectAltName=IP:127.0.0.1,DNS:localhost\n');
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl('req', ...curve, '-subj', `/CN=${name}`, '-keyout', key, '-out', request);
  const signed = ['-signkey', key, '-days', String(days), '-extfile', names, '-out', cert];
  openssl('x509', '-req', '-in', request, ...signed);
  for (const file of [request, names]) rmSync(file);
  return { cert, key };
}

/** Puts the files of one pair into another's place, as who renews a certificate does: one after the other. */
export function replacePair(place: { cert: string; key: string }, by: { cert: string; key: string }): void {
  writeFileSync(place.cert, readFileSync(by.cert));
  writeFileSync(place.key, readFileSync(by.key));
}
