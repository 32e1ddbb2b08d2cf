import type { FacePicture } from './examine-gallery.ts';
import type { CheckedFace, MissingPhoto } from './gallery-checkup.ts';

/** Degrees of yaw from which a head counts as turned. */
const TURNED = 15;

/** For each subject whose photos were measured, the one that would help most; none for those who have all. */
export function missingPhotos(
  faces: readonly CheckedFace[],
  pictures: ReadonlyMap<number, FacePicture>,
): MissingPhoto[] {
  const bySubject = new Map<string, FacePicture[]>();
  for (const { id, subject } of faces) {
    const picture = pictures.get(id);
    if (picture?.facts.yaw === undefined) continue;
    const list = bySubject.get(subject);
    if (list) list.push(picture);
    else bySubject.set(subject, [picture]);
  }
  return [...bySubject].flatMap(([subject, theirs]) => {
    const missing = missingOf(theirs);
    return missing ? [{ subject, wanted: missing.wanted, message: `${subject}: ${missing.message}` }] : [];
  });
}

function missingOf(theirs: readonly FacePicture[]): Omit<MissingPhoto, 'subject'> | null {
  const yaws = theirs.map(({ facts }) => facts.yaw!);
  const has = {
    left: yaws.some((yaw) => yaw <= -TURNED),
    right: yaws.some((yaw) => yaw >= TURNED),
    front: yaws.some((yaw) => Math.abs(yaw) < TURNED),
  };
  const days = new Set(theirs.map(({ day }) => day));
  const isOneDay = theirs.length > 1 && days.size === 1 && !days.has(null);
  const sameDay = isOneDay ? ' from one day' : '';
  const all = theirs.length === 1 ? 'the only one is' : `all ${inWords(theirs.length)} are`;
  if (!has.front)
    return { wanted: 'front', message: `no photo from the front${isOneDay ? `; ${all}${sameDay}` : ''}` };
  if (!has.left && !has.right) {
    const rest = `${all} frontal${isOneDay ? ` and${sameDay}` : ''}`;
    return { wanted: 'left', message: `no photo from the left or the right; ${rest}` };
  }
  if (!has.left || !has.right) {
    const side = has.left ? 'right' : 'left';
    return { wanted: side, message: `no photo from the ${side}${isOneDay ? `; ${all}${sameDay}` : ''}` };
  }
  if (isOneDay) return { wanted: 'another_day', message: `${all}${sameDay}; take one on another` };
  return null;
}

const numbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const inWords = (count: number): string => numbers[count] ?? String(count);
