import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect } from 'vitest';
import { listening } from './listening.ts';

/**
 * Waits until a service that was just started is ready, has it recognize a photo with the key that it prints first, and
 * ends it by SIGTERM.
 *
 * @returns the nearest person of each face, sorted
 */
export async function recognizedBy(service: ChildProcess, photo: string): Promise<string[]> {
  const ended = once(service, 'exit');
  try {
    const key = once(service.stdout!, 'data').then(([text]) => String(text).trim());
    const { url, said } = await listening(service.stderr!);
    expect(url, said.join('\n')).not.toBe('');
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(readFileSync(photo))]), basename(photo));
    const headers = { 'x-api-key': await key };
    const init = { method: 'POST', headers, body: form };
    const answer = await fetch(`${url}/api/v1/recognition/recognize`, init);
    const text = await answer.text();
    expect(answer.status, text).toBe(200);
    const { result } = JSON.parse(text) as { result: { subjects: { subject: string }[] }[] };
    service.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    return result.flatMap(({ subjects: [nearest] }) => (nearest ? [nearest.subject] : [])).sort();
  } finally {
    service.kill('SIGKILL');
  }
}
