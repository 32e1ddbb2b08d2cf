import { Random } from '@semblance/core/random';
import { photo, pictureForm } from '../fixtures.ts';
import { pictures } from './bodies.ts';
import { exchange } from './exchange.ts';
import { complaintOf } from './judge.ts';
import { type ApiDocument, operationsOf, requestOf } from './operations.ts';
import { rawRequest } from './raw.ts';
import type { WireRequest } from './request.ts';
import type { Target } from './target.ts';

export interface FuzzOptions {
  requests: number;
  /** Request i is made from the seed `seed + i`, whatever was before. */
  seed: number;
  /** Requests at a time. */
  parallel?: number;
  /** Told after each tenth. */
  onTenth?(done: number): Promise<void> | void;
}

export interface FuzzFailure {
  seed: number;
  what: string;
  complaint: string;
  request: WireRequest;
}

export interface FuzzReport {
  failures: FuzzFailure[];
  /** Answers by status; 0 where there was none. */
  statuses: Map<number, number>;
  /** Answers below 400, by operation of the document: each was reached. */
  reached: Map<string, number>;
  operations: string[];
}

/** Every so many requests one that is sound has to be answered as ever. */
const SOUND_EVERY = 100;

/** Sends requests that are sound, nearly sound, and none at all, to every route of a service. */
export async function fuzz(target: Target, options: FuzzOptions): Promise<FuzzReport> {
  const { requests, seed, parallel = 6, onTenth } = options;
  const port = Number(new URL(target.url).port);
  const document = (await (await fetch(`${target.url}/openapi.json`)).json()) as ApiDocument;
  const operations = operationsOf(document);
  const from = await pictures();
  const sound = await soundAnswer(target);
  const report: FuzzReport = {
    ...{ failures: [], statuses: new Map(), reached: new Map() },
    operations: operations.map(({ method, path }) => `${method} ${path}`),
  };
  const add = <K>(counts: Map<K, number>, key: K) => counts.set(key, (counts.get(key) ?? 0) + 1);

  async function one(i: number): Promise<void> {
    const random = new Random(seed + i);
    const request = random.chance(0.15)
      ? rawRequest(target.keys.read, random)
      : requestOf(random.pick(operations), from, target.keys, random);
    const exchanged = await exchange(port, request);
    const { answers } = exchanged;
    for (const { status } of answers) add(report.statuses, status);
    if (answers.length === 0) add(report.statuses, 0);
    if (answers.some(({ status }) => status < 400)) add(report.reached, request.what);
    const complaint = complaintOf(request, exchanged, [
      target.root,
      process.cwd(),
      'node_modules',
      '\n    at ',
    ]);
    if (complaint !== null) report.failures.push({ seed: seed + i, what: request.what, complaint, request });
    if (i % SOUND_EVERY === 0 && (await soundAnswer(target)) !== sound) {
      report.failures.push({
        seed: seed + i,
        what: request.what,
        complaint: 'a sound request is answered otherwise',
        request,
      });
    }
  }

  const tenth = Math.max(1, Math.ceil(requests / 10));
  for (let done = 0; done < requests; done += tenth) {
    const end = Math.min(requests, done + tenth);
    let next = done;
    const worker = async (): Promise<void> => {
      while (next < end) await one(next++);
    };
    await Promise.all(Array.from({ length: parallel }, worker));
    await onTenth?.(end);
  }
  return report;
}

/** What the service answers to a picture whose answer nothing changes. */
async function soundAnswer({ url, keys }: Target): Promise<string> {
  const body = pictureForm(await photo(['ada', 'bob']));
  const init = { method: 'POST', headers: { 'x-api-key': keys.other }, body };
  return (await fetch(`${url}/api/v1/detection/detect`, init)).text();
}

/** A failure in a form in which it can be sent again: the seed makes it, and the bytes are said too. */
export function failureText({ seed, what, complaint, request }: FuzzFailure): string {
  const shown = request.bytes.length > 1500 ? `${request.bytes.length} bytes, the first: ` : '';
  const bytes = JSON.stringify(request.bytes.subarray(0, 1500).toString('latin1'));
  return `seed ${seed}, ${what}: ${complaint}\n  ${shown}${bytes}`;
}
