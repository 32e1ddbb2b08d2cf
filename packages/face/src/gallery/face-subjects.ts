import { IdTable } from './index/id-table.ts';

/** Whose each face is: a number for each name, and a name's number for each face. */
export class FaceSubjects {
  /** Null until a name is asked for: of a million it takes a second to fill. */
  #numberOfNames: Map<string, number> | null = new Map();
  #names: string[] = [];
  /** Faces of each number; 0 where it is free. */
  readonly #numFaces: number[] = [];
  readonly #free: number[] = [];
  #numSubjects = 0;
  readonly #subjectOf = new IdTable();

  /** Faces. */
  get size(): number {
    return this.#subjectOf.size;
  }

  get numSubjects(): number {
    return this.#numSubjects;
  }

  /**
   * Takes over whose faces are whose; nobody is here yet.
   *
   * @param numberOf the place of each face's subject among the names
   */
  restore(ids: Float64Array, numberOf: Int32Array, names: string[]): void {
    this.#names = names;
    for (let i = 0; i < names.length; i++) this.#numFaces.push(0);
    for (let i = 0; i < ids.length; i++) {
      this.#subjectOf.set(ids[i]!, numberOf[i]!);
      this.#numFaces[numberOf[i]!]!++;
    }
    this.#numberOfNames = null;
    for (const [number, count] of this.#numFaces.entries()) {
      if (count > 0) this.#numSubjects++;
      else this.#release(number);
    }
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

  /** The faces of several subjects who have some, by the subject. */
  facesOfThese(names: readonly string[]): Map<string, number[]> {
    const numbers = names.map((name) => this.#numberOf.get(name)!);
    const found = this.#subjectOf.idsOfThese(numbers, this.#names.length);
    return new Map(names.map((name, i) => [name, found.get(numbers[i]!)!]));
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
    this.#numSubjects++;
    this.#numberOf.set(name, number);
    return number;
  }

  #leave(number: number): void {
    if (--this.#numFaces[number]! > 0) return;
    this.#numSubjects--;
    this.#numberOf.delete(this.#names[number]!);
    this.#release(number);
  }

  #release(number: number): void {
    this.#names[number] = '';
    this.#free.push(number);
  }

  get #numberOf(): Map<string, number> {
    if (this.#numberOfNames) return this.#numberOfNames;
    const numberOf = new Map<string, number>();
    for (const [number, name] of this.#names.entries())
      if (this.#numFaces[number]! > 0) numberOf.set(name, number);
    this.#numberOfNames = numberOf;
    return numberOf;
  }
}
