import { clusterThreshold } from '@semblance/face/cluster';
import type { Actor } from '../../audit/audited-change.ts';
import { SemblanceError } from '../../error.ts';
import type { ServingUnit } from '../../fleet/unit.ts';
import type { ReviewAnswer } from '../../review/review-file.ts';
import type { ReviewQueue } from '../../review/review-queue.ts';
import type { GroupOfFaces, Recognizing } from '../../review/review-types.ts';
import { everyGallery, galleryOf } from '../galleries.ts';
import { enrolFace, rejectFace, takeBack } from '../routes/face-changes.ts';
import type { Service } from '../service.ts';
import { clearest } from './suggestions.ts';

/** The queue of a service that keeps unknown faces. @throws SemblanceError REVIEW_OFF */
export function reviewOf({ review }: Service): ReviewQueue {
  if (review) return review;
  const message = 'the service keeps no unknown faces: start it with --keep-unknown DAYS';
  throw new SemblanceError('REVIEW_OFF', message);
}

/** How a unit sees faces. */
export const recognizingOf = (unit: ServingUnit): Recognizing => ({
  modelId: unit.recognizer.id,
  threshold: clusterThreshold(unit.recognizer).value,
  embed: (jpegs) => unit.embedJpegs(jpegs),
});

/** A group is somebody: its clearest faces are enrolled. */
export async function accept(
  service: Service,
  id: number,
  { subject, isNew, actor }: { subject: string; isNew: boolean; actor: Actor },
): Promise<void> {
  const review = reviewOf(service);
  const group = review.group(id);
  const isThere = await isSubject(service, subject);
  if (isNew && isThere)
    throw new SemblanceError('GALLERY_SUBJECT_EXISTS', `the gallery already has a subject ${subject}`);
  if (!isNew && !isThere)
    throw new SemblanceError('GALLERY_SUBJECT_NOT_FOUND', `the gallery has no subject ${subject}`);
  const enrolled: number[] = [];
  try {
    for (const face of cutFaces(review, group)) enrolled.push(await enrolFace(service, subject, face, actor));
    const settled = { ...bare(group), state: 'settled' as const, enrolled };
    review.answer({ action: 'accept', subject, isNew, enrolled }, { groups: [settled] });
  } catch (error) {
    await leave(service, enrolled, isNew).catch(() => {});
    throw error;
  }
}

/** A group is not somebody: it is remembered in the galleries, with its clearest faces. */
export async function refuse(service: Service, id: number, subject: string, actor: Actor): Promise<void> {
  const review = reviewOf(service);
  const group = review.group(id);
  const rejected: number[] = [];
  try {
    for (const face of cutFaces(review, group))
      rejected.push(await rejectFace(service, subject, face, actor));
    const refused = [...new Set([...group.refused, subject])];
    review.answer({ action: 'reject', subject, rejected }, { groups: [{ ...bare(group), refused }] });
  } catch (error) {
    for (const each of rejected) await takeBack(service, each, actor).catch(() => {});
    throw error;
  }
}

/** Other groups are the same person as one. */
export function merge(review: ReviewQueue, id: number, others: readonly number[]): void {
  const group = review.group(id);
  const joined = [...new Set(others)].map((other) => review.group(other));
  if (joined.some((other) => other.id === id))
    throw new SemblanceError('REQUEST_INVALID', `a group is merged with others, not with itself (${id})`);
  const all = [group, ...joined];
  const merged = {
    ...bare(group),
    seen: all.reduce((sum, { seen }) => sum + seen, 0),
    firstMs: Math.min(...all.map(({ firstMs }) => firstMs)),
    lastMs: Math.max(...all.map(({ lastMs }) => lastMs)),
    refused: [...new Set(all.flatMap(({ refused }) => refused))],
  };
  const moves = joined.flatMap(({ faces }) => faces.map((face): [number, number] => [face.id, id]));
  review.answer({ action: 'merge' }, { groups: [merged, ...joined.map(bare)], moves });
}

/** Faces of a group are somebody else's: they become a group of their own, whose id is given. */
export function split(review: ReviewQueue, id: number, faces: readonly number[]): number {
  const group = review.group(id);
  const own = new Set(group.faces.map((face) => face.id));
  const out = [...new Set(faces)];
  const stranger = out.find((face) => !own.has(face));
  if (stranger !== undefined)
    throw new SemblanceError('REQUEST_INVALID', `the group ${id} has no face ${stranger}`);
  if (out.length === own.size)
    throw new SemblanceError(
      'REQUEST_INVALID',
      `a face has to stay: all ${own.size} of the group were named`,
    );
  const left = { ...bare(group), seen: Math.max(own.size - out.length, group.seen - out.length) };
  return review.answer({ action: 'split' }, { groups: [left], make: out }).made!;
}

/** Nobody is asked about a group any more, and about whoever comes and is like it. */
export function dismiss(review: ReviewQueue, id: number): void {
  review.answer({ action: 'dismiss' }, { groups: [{ ...bare(review.group(id)), state: 'dismissed' }] });
}

/** Takes the newest answer back: in the queue, and what was enrolled and rejected. */
export const undo = (service: Service, actor: Actor): Promise<ReviewAnswer> =>
  reviewOf(service).undo(async ({ enrolled, rejected, isNew }) => {
    if (enrolled.length > 0) {
      const change = { action: 'erase', ...actor, faces: enrolled } as const;
      await service.audit.around(change, () => leave(service, enrolled, isNew));
    }
    for (const id of rejected) await takeBack(service, id, actor);
  });

const leave = (service: Service, enrolled: number[], isNew: boolean): Promise<unknown> =>
  everyGallery(service, ({ gallery }) =>
    gallery.thread.call(isNew ? 'removeFaces' : 'removeFacesOnly', enrolled),
  );

/** A group without its faces, as it is kept. */
const bare = ({ faces: _, ...group }: GroupOfFaces) => group;

const cutFaces = (review: ReviewQueue, group: GroupOfFaces) =>
  clearest(group).map(({ id, embedding, modelId, quality }) => ({
    ...{ embedding, modelId, quality, contentHash: null },
    crop: review.crop(id)!,
  }));

async function isSubject(service: Service, name: string): Promise<boolean> {
  const spelling = await galleryOf(service).thread.call('spelling', name);
  return service.contract.ignoresCase ? spelling !== null : spelling === name;
}
