import { IdTable } from './index/id-table.ts';

/** Whose each face is: a number for each name, and a name's number for each face. */
export class FaceSubjects {
  readonly #numberOf = new Map<string, number>();
  readonly #names: string[] = [];
  /** Faces of each number; 0 where it is free. */
  readonly #numFaces: number[] = [];
  readonly #free: number[] = [];
  readonly #subjectOf = new IdTable();

  /** Faces. */
  get size(): number {
    return this.#subjectOf.size;
  }

  get numSubjects(): number {
    return this.#numberOf.size;
  }

  /** Whose face it is; undefined where there is no such face. */
  get(id: number): string | undefined {
    const number = this.#subjectOf.get(id);
    return number === undefined ? undefined : this.#names[number];
  }

  has(name: string): boolean {
    return this.#numberOf.has(name);
  }

  set(id: number, name: string): void {
    const before = this.#subjectOf.get(id);
    const number = this.#number(name);
    if (number === before) return;
    this.#numFaces[number]!++;
    this.#subjectOf.set(id, number);
    if (before !== undefined) this.#leave(before);
  }

  delete(id: number): void {
    const number = this.#subjectOf.get(id);
    if (number === undefined) return;
    this.#subjectOf.delete(id);
    this.#leave(number);
  }

  /** Gives all faces of a subject another name; where that is taken they become that subject's. */
  rename(from: string, to: string): void {
    const number = this.#numberOf.get(from);
    if (number === undefined || from === to) return;
    if (this.#numberOf.has(to)) {
      for (const id of this.facesOf(from)) this.set(id, to);
      return;
    }
    this.#numberOf.delete(from);
    this.#numberOf.set(to, number);
    this.#names[number] = to;
  }

  /** A subject's faces, by rising id. */
  facesOf(name: string): number[] {
    const number = this.#numberOf.get(name);
    return number === undefined ? [] : this.#subjectOf.idsOf(number);
  }

  /** Every face, by rising id. */
  *faces(): IterableIterator<{ id: number; subject: string }> {
    for (const [id, number] of this.#subjectOf.entries()) yield { id, subject: this.#names[number]! };
  }

  #number(name: string): number {
    const known = this.#numberOf.get(name);
    if (known !== undefined) return known;
    const number = this.#free.pop() ?? this.#names.length;
    this.#names[number] = name;
    this.#numFaces[number] = 0;
    this.#numberOf.set(name, number);
    return number;
  }

  #leave(number: number): void {
    if (--this.#numFaces[number]! > 0) return;
    this.#numberOf.delete(this.#names[number]!);
    this.#names[number] = '';
    this.#free.push(number);
  }
}
