/** A program that starts the service with the given command, asks it who is in a photo, and ends it by a signal. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { listening } from '../service/listening.ts';

const [, , photo, command, ...args] = process.argv;
const service = spawn(command!, args, { stdio: ['ignore', 'pipe', 'pipe'] });
const [first] = await once(service.stdout, 'data');
const { url } = await listening(service.stderr);
const body = new FormData();
body.append('file', new Blob([await readFile(photo!)]), 'photo.png');
const headers = { 'x-api-key': String(first).trim() };
const reply = await fetch(`${url}/api/v1/recognition/recognize`, { method: 'POST', headers, body });
console.log(await reply.text());
// long enough for what is collected first and sent later
await wait(12_000);
service.kill('SIGTERM');
process.exitCode = (await once(service, 'exit'))[0];
