import { SemblanceError } from '../../error.ts';
import type { GalleryHost } from '../../fleet/gallery-hosts.ts';
import type { Service } from '../service.ts';
import { UNKNOWN } from './answers.ts';

/** A name that can be told from what strangers are called. */
export function checkName({ contract }: Service, subject: string): string {
  const isUnknown = (contract.ignoresCase ? subject.toLowerCase() : subject) === UNKNOWN;
  if (subject.trim() === '' || isUnknown) {
    throw new SemblanceError(
      'REQUEST_INVALID',
      `a subject needs a name other than '${UNKNOWN}', which stands for strangers`,
    );
  }
  return subject;
}

/**
 * A subject's name as a gallery spells it, where names that differ in case alone are one subject's; as it was given where
 * the gallery has none like it.
 */
export async function spelled({ contract }: Service, { thread }: GalleryHost, name: string): Promise<string> {
  return contract.ignoresCase ? ((await thread.call('spelling', name)) ?? name) : name;
}
