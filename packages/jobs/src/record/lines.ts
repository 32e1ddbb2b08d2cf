import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** The lines of a text file, read as they are asked for. @throws the system's error where it cannot be opened */
export async function openLines(path: string): Promise<AsyncIterable<string>> {
  const stream = createReadStream(path, 'utf8');
  await new Promise<void>((resolve, reject) => {
    stream.once('open', () => resolve());
    stream.once('error', reject);
  });
  return createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
}
