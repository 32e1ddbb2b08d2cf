/**
 * Asks a running service who is in a photo. Start one first: semblance serve --detector … --recognizer … --gallery …
 *
 *   SEMBLANCE_API_KEY=smb_… node examples/call-service.ts PHOTO [URL]
 */
import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';

const [photo, url = 'http://127.0.0.1:8080'] = process.argv.slice(2);
const key = process.env.SEMBLANCE_API_KEY;
if (!photo || !key) throw new Error('usage: SEMBLANCE_API_KEY=smb_… call-service.ts PHOTO [URL]');

interface Answer {
  result: { subjects: { subject: string; similarity: number }[]; reason: string | null }[];
}

const form = new FormData();
form.append('file', await openAsBlob(photo), basename(photo));
const reply = await fetch(`${url}/api/v1/recognition/recognize`, {
  method: 'POST',
  headers: { 'x-api-key': key },
  body: form,
});
if (!reply.ok) {
  const { error, message } = (await reply.json()) as { error: string; message: string };
  throw new Error(`the service answered ${reply.status} ${error}: ${message}`);
}

const { result } = (await reply.json()) as Answer;
for (const { subjects, reason } of result) {
  const [best] = subjects;
  console.log(reason === null && best ? `${best.subject} (${best.similarity})` : `unknown (${reason})`);
}
