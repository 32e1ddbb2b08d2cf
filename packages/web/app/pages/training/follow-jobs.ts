import { api } from '../../api/client.ts';
import type { JobEvent } from '../../training/queries.ts';

const AGAIN_MS = 3000;

/**
 * What happens to versions, for as long as somebody looks: a stream that breaks is begun again.
 *
 * @param onAgain what was missed between is not told of
 */
export async function followJobs(
  signal: AbortSignal,
  tell: (event: JobEvent) => void,
  onAgain: () => void,
): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const event of api.watchJobs(signal)) tell(event);
    } catch {
      // what is shown stays; asking again says whether the service is there
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, AGAIN_MS);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });
    if (!signal.aborted) onAgain();
  }
}
