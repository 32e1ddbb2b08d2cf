/**
 * Asks a running service who is in a photo. Start one first: semblance serve --detector … --recognizer … --gallery …
 *
 *   SEMBLANCE_API_KEY=smb_… node examples/call-service.ts PHOTO [URL]
 */
import { readFile } from 'node:fs/promises';
import { createClient } from '@semblance/client';

const [photo, baseUrl = 'http://127.0.0.1:8080'] = process.argv.slice(2);
const apiKey = process.env.SEMBLANCE_API_KEY;
if (!photo || !apiKey) throw new Error('usage: SEMBLANCE_API_KEY=smb_… call-service.ts PHOTO [URL]');

const client = createClient({ baseUrl, apiKey });
for (const { subjects, reason } of await client.recognize(await readFile(photo))) {
  const [best] = subjects;
  console.log(reason === null && best ? `${best.subject} (${best.similarity})` : `unknown (${reason})`);
}
