import type { Actor, AuditedChange } from '../../audit/audited-change.ts';
import { DEFAULT_COLLECTION } from '../../collections/collections.ts';
import type { Service } from '../service.ts';
import type { OpenCollection } from './open-collection.ts';

/** A collection as an audit names it. */
export const inAudit = ({ name }: Pick<OpenCollection, 'name'>): { target?: string } =>
  name === DEFAULT_COLLECTION ? {} : { target: name };

/** Erases a subject with all samples; gives their number. @throws SemblanceError GALLERY_SUBJECT_NOT_FOUND */
export async function eraseSubject(
  service: Service,
  collection: OpenCollection,
  subject: string,
  actor: Actor,
  action: AuditedChange['action'] = 'erase',
): Promise<number> {
  const [removal] = await service.audit.around({ action, ...actor, ...inAudit(collection), subject }, () =>
    collection.change(({ gallery }) => gallery.thread.call('removeSubject', subject)),
  );
  return removal!.numFaces;
}
