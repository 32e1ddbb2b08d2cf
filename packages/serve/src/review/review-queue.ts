import { asSemblanceError, SemblanceError } from '../error.ts';
import type { ServiceLog } from '../log/service-log.ts';
import { byGroup, newGroup, placeFaces } from './grouping.ts';
import { type FaceGroup, type ReviewAnswer, ReviewFile, type UnknownFace } from './review-file.ts';
import type { GroupOfFaces, NewUnknown, Recognizing, ReviewOptions } from './review-types.ts';

const DAY_MS = 24 * 3600_000;
/** How often it is looked for faces whose time is over. */
const EXPIRE_MS = 600_000;
/** How long faces wait to be written with others. */
const WRITE_MS = 500;
/** Most faces that are kept: of more the oldest go. */
const MOST_FACES = 2000;
/** Most faces of a group: of more the least clear go. */
const MOST_OF_GROUP = 12;
/** Most that wait to be written: a flood of strangers is not worth more memory. */
const MOST_WAITING = 256;

/**
 * Faces that nobody was recognised in, until somebody says whose they are or their time is over. They are encrypted on the disk,
 * few enough to be in memory as well, and named in no log.
 */
export class ReviewQueue {
  readonly days: number;
  readonly #file: ReviewFile;
  readonly #log: ServiceLog;
  readonly #now: () => number;
  readonly #faces = new Map<number, UnknownFace>();
  readonly #groups = new Map<number, FaceGroup>();
  #answers: ReviewAnswer[];
  #waiting: (NewUnknown & { atMs: number })[] = [];
  #timer: NodeJS.Timeout | undefined;
  readonly #expiring: NodeJS.Timeout;
  /** Enrolled faces that were removed, until what was put to them is. */
  readonly #owed = new Set<number>();
  /** Those that leave the gallery because an answer is taken back: their faces wait again. */
  #takingBack = new Set<number>();
  #turn: Promise<unknown> = Promise.resolve();

  /** @throws SemblanceError DATA_CORRUPT, GALLERY_KEY_MISSING; those of the disk */
  constructor({ path, days, log, now = Date.now }: ReviewOptions) {
    this.days = days;
    this.#log = log;
    this.#now = now;
    this.#file = new ReviewFile(path);
    try {
      const { faces, groups, answers } = this.#file.read();
      for (const face of faces) this.#faces.set(face.id, face);
      for (const group of groups) this.#groups.set(group.id, group);
      this.#answers = answers;
      this.expire();
    } catch (error) {
      this.#file[Symbol.dispose]();
      throw error;
    }
    this.#expiring = setInterval(() => this.#quietly(() => this.expire()), EXPIRE_MS).unref();
  }

  /** Keeps faces that came back as nobody's; they are written a little later, with others. */
  keep(faces: readonly NewUnknown[]): void {
    const atMs = this.#now();
    for (const face of faces) if (this.#waiting.length < MOST_WAITING) this.#waiting.push({ ...face, atMs });
    if (this.#waiting.length > 0)
      this.#timer ??= setTimeout(() => this.#quietly(() => this.write()), WRITE_MS).unref();
  }

  /** Writes what waits. */
  write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const waiting = this.#waiting;
    this.#waiting = [];
    if (waiting.length === 0) return;
    for (const face of this.#file.add(waiting)) this.#faces.set(face.id, face);
    const surplus = [...this.#faces.keys()].slice(0, Math.max(0, this.#faces.size - MOST_FACES));
    this.#remove(surplus);
  }

  /** Does one thing after the other: what looks at groups and what answers. */
  inTurn<T>(action: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(action);
    this.#turn = result.catch(() => {});
    return result;
  }

  /** The groups that wait, with what came since the last time, as the recognizer sees faces. */
  async groups(recognizing: Recognizing): Promise<GroupOfFaces[]> {
    this.write();
    this.expire();
    await this.#embedAnew(recognizing);
    this.#group(recognizing.threshold);
    const faces = byGroup(this.#faces.values());
    return [...this.#groups.values()].flatMap((group) => {
      const own = faces.get(group.id);
      return group.state === 'waiting' && own ? [{ ...group, faces: own }] : [];
    });
  }

  /** A group that waits. @throws SemblanceError REVIEW_GROUP_NOT_FOUND */
  group(id: number): GroupOfFaces {
    const group = this.#groups.get(id);
    const faces = byGroup(this.#faces.values()).get(id);
    if (group?.state === 'waiting' && faces) return { ...group, faces };
    throw new SemblanceError('REVIEW_GROUP_NOT_FOUND', `no group ${id} waits for an answer`);
  }

  crop(faceId: number): Buffer | null {
    return this.#faces.has(faceId) ? this.#file.crop(faceId) : null;
  }

  /** What can be taken back: the newest answer. */
  get last(): ReviewAnswer | null {
    return this.#answers.at(-1) ?? null;
  }

  /**
   * Notes an answer: groups as they are to be, and faces that go to another group.
   *
   * @param make a group that is made of faces, beside
   */
  answer(
    answer: Pick<ReviewAnswer, 'action'> & Partial<ReviewAnswer>,
    changes: {
      groups?: readonly FaceGroup[];
      moves?: readonly [face: number, to: number][];
      make?: number[];
    },
  ): { made: number | null } {
    const { groups = [], moves = [], make = [] } = changes;
    const moved = [...moves.map(([face]) => face), ...make];
    const noted: Omit<ReviewAnswer, 'id'> = {
      ...{ atMs: this.#now(), subject: null, isNew: false, enrolled: [], rejected: [], ...answer },
      before: groups.map(({ id }) => this.#groups.get(id)!),
      made: [],
      moved: moved.map((face) => [face, this.#faces.get(face)!.group!]),
    };
    let [made, put]: [FaceGroup | null, UnknownFace[]] = [null, []];
    const id = this.#file.change(() => {
      for (const group of groups) this.#file.writeGroup(group);
      if (make.length > 0) {
        const fresh = newGroup(make.map((face) => this.#faces.get(face)!));
        made = { ...fresh, id: this.#file.writeGroup(fresh) };
        noted.made = [made.id];
      }
      const to = new Map([...moves, ...make.map((face): [number, number] => [face, made!.id])]);
      put = [...to].map(([face, group]) => ({ ...this.#faces.get(face)!, group }));
      this.#file.writeFaces(put);
      return this.#file.writeAnswer(noted);
    });
    for (const face of put) this.#faces.set(face.id, face);
    for (const group of [...groups, ...(made ? [made as FaceGroup] : [])]) this.#groups.set(group.id, group);
    this.#answers.push({ ...noted, id });
    return { made: noted.made[0] ?? null };
  }

  /**
   * Takes the newest answer back.
   *
   * @param leaveGalleries takes back what was enrolled and rejected
   * @throws SemblanceError REVIEW_NOTHING_TO_UNDO
   */
  async undo(leaveGalleries: (answer: ReviewAnswer) => Promise<void>): Promise<ReviewAnswer> {
    const answer = this.#answers.at(-1);
    if (!answer) throw new SemblanceError('REVIEW_NOTHING_TO_UNDO');
    this.#takingBack = new Set(answer.enrolled);
    try {
      await leaveGalleries(answer);
    } finally {
      this.#takingBack = new Set();
    }
    const back = answer.moved.flatMap(([id, group]) => {
      const face = this.#faces.get(id);
      return face ? [{ ...face, group }] : [];
    });
    this.#file.change(() => {
      for (const group of answer.before) this.#file.writeGroup(group);
      this.#file.writeFaces(back);
      this.#file.remove('groups', answer.made);
      this.#file.remove('answers', [answer.id]);
    });
    for (const group of answer.before) this.#groups.set(group.id, group);
    for (const face of back) this.#faces.set(face.id, face);
    for (const id of answer.made) this.#groups.delete(id);
    this.#answers = this.#answers.filter(({ id }) => id !== answer.id);
    return answer;
  }

  /**
   * Erases what was put to enrolled faces that are gone: those of a group that was said to be theirs, and unknown ones that were
   * most like them.
   */
  erase(enrolled: readonly number[]): void {
    for (const id of enrolled) if (!this.#takingBack.has(id)) this.#owed.add(id);
    if (this.#owed.size === 0) return;
    this.write();
    const theirs = new Set(
      [...this.#groups.values()]
        .filter((group) => group.enrolled.some((id) => this.#owed.has(id)))
        .map(({ id }) => id),
    );
    const faces = [...this.#faces.values()].filter(
      ({ group, nearest }) => theirs.has(group ?? -1) || (nearest !== null && this.#owed.has(nearest)),
    );
    const answers = this.#answers.filter((answer) => answer.enrolled.some((id) => this.#owed.has(id)));
    this.#remove(
      faces.map(({ id }) => id),
      answers.map(({ id }) => id),
    );
    this.#owed.clear();
  }

  /** Erases what is older than it is kept. */
  expire(): void {
    const before = this.#now() - this.days * DAY_MS;
    const isOver = ({ atMs }: { atMs: number }): boolean => atMs < before;
    this.#remove(
      [...this.#faces.values()].filter(isOver).map(({ id }) => id),
      this.#answers.filter(isOver).map(({ id }) => id),
    );
  }

  close(): void {
    clearInterval(this.#expiring);
    this.#quietly(() => this.write());
    this.#file[Symbol.dispose]();
  }

  #remove(faces: readonly number[], answers: readonly number[] = []): void {
    if (faces.length + answers.length === 0) return;
    const going = new Set(faces);
    const left = new Set<number | null>();
    for (const face of this.#faces.values()) if (!going.has(face.id)) left.add(face.group);
    const empty = [...this.#groups.keys()].filter((id) => !left.has(id));
    this.#file.change(() => {
      this.#file.remove('faces', faces);
      this.#file.remove('groups', empty);
      this.#file.remove('answers', answers);
    });
    this.#file.scrub();
    for (const id of faces) this.#faces.delete(id);
    for (const id of empty) this.#groups.delete(id);
    const gone = new Set(answers);
    this.#answers = this.#answers.filter(({ id }) => !gone.has(id));
  }

  /** What another recognizer embedded. */
  async #embedAnew({ modelId, embed }: Recognizing): Promise<void> {
    const others = [...this.#faces.values()].filter((face) => face.modelId !== modelId);
    for (let start = 0; start < others.length; start += 16) {
      const faces = others.slice(start, start + 16).filter(({ id }) => this.#faces.has(id));
      const embeddings = await embed(faces.map(({ id }) => this.#file.crop(id)!));
      const anew = faces
        .map((face, i) => ({ ...face, modelId, embedding: embeddings[i]! }))
        .filter(({ id }) => this.#faces.has(id));
      this.#file.change(() => this.#file.writeFaces(anew));
      for (const face of anew) this.#faces.set(face.id, face);
    }
  }

  #group(threshold: number): void {
    const loose = [...this.#faces.values()].filter(({ group }) => group === null);
    if (loose.length === 0) return;
    const there = [...byGroup(this.#faces.values())];
    const placed = placeFaces(
      loose,
      there.map(([, faces]) => faces),
      threshold,
    );
    this.#file.change(() => {
      for (const { faces, group: place } of placed) {
        const came = newGroup(faces);
        const old = place === null ? null : this.#groups.get(there[place]![0])!;
        const group = old
          ? { ...old, seen: old.seen + came.seen, lastMs: Math.max(old.lastMs, came.lastMs) }
          : came;
        const id = this.#file.writeGroup(group);
        this.#groups.set(id, { ...group, id });
        const put = faces.map((face) => ({ ...face, group: id }));
        this.#file.writeFaces(put);
        for (const face of put) this.#faces.set(face.id, face);
      }
    });
    this.#remove(
      [...byGroup(this.#faces.values()).values()].flatMap((faces) =>
        faces.slice(MOST_OF_GROUP).map(({ id }) => id),
      ),
    );
  }

  /** What is done beside requests is said where it fails. */
  #quietly(action: () => void): void {
    try {
      action();
    } catch (error) {
      const { code, message } = asSemblanceError(error);
      this.#log.event('error', `unknown faces could not be kept: ${message}`, { code });
    }
  }
}
