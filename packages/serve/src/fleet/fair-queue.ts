/**
 * What waits, by whose it is: owners take turns, and each one's own come in their order. However much one of them has
 * waiting, another's next is never behind more than one of each.
 */
export class FairQueue<Item> {
  /** In the order of their turns. */
  readonly #owners = new Map<string, Item[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(owner: string, item: Item): void {
    const own = this.#owners.get(owner);
    if (own) own.push(item);
    else this.#owners.set(owner, [item]);
    this.#size++;
  }

  /** The next in turn of those owners that may have one; undefined where none of them waits. */
  shift(mayHave: (owner: string) => boolean = () => true): Item | undefined {
    for (const [owner, own] of this.#owners) {
      if (!mayHave(owner)) continue;
      const item = own.shift();
      this.#size--;
      // whoever has more waits for its next turn behind the others
      this.#owners.delete(owner);
      if (own.length > 0) this.#owners.set(owner, own);
      return item;
    }
    return undefined;
  }

  /** Takes an item out that is no longer wanted; false where it does not wait. */
  remove(owner: string, item: Item): boolean {
    const own = this.#owners.get(owner);
    const at = own?.indexOf(item) ?? -1;
    if (!own || at < 0) return false;
    own.splice(at, 1);
    if (own.length === 0) this.#owners.delete(owner);
    this.#size--;
    return true;
  }
}
