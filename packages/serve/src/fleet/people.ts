/** Somebody of a gallery, as a list of people shows them. */
export interface Person {
  subject: string;
  faces: number;
  /** The face that was enrolled last; null for one who has none. */
  newest: number | null;
}

export const peopleOrders = ['name', 'faces', 'newest'] as const;
export type PeopleOrder = (typeof peopleOrders)[number];

export interface PeopleQuery {
  /** Part of a name, whatever its case; all where it is empty. */
  search: string;
  order: PeopleOrder;
  page: number;
  size: number;
}

export interface PeoplePage {
  people: Person[];
  total: number;
}

/** Lists people, page by page. */
export interface People {
  list(query: PeopleQuery): PeoplePage;
  /** Something has changed: it is read again when somebody asks. */
  forget(): void;
}

/** Faces by rising id, and the names of those who have none. */
type Read = () => { faces: Iterable<{ id: number; subject: string }>; faceless: Iterable<string> };

interface Listed extends Person {
  /** By which it is found and sorted: forms and cases that look alike are alike. */
  key: string;
}

const keyOf = (name: string): string => name.normalize('NFKC').toLowerCase();
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byName = (a: Listed, b: Listed): number => byText(a.key, b.key) || byText(a.subject, b.subject);

const orders: Readonly<Record<PeopleOrder, (a: Listed, b: Listed) => number>> = {
  name: byName,
  faces: (a, b) => b.faces - a.faces || byName(a, b),
  newest: (a, b) => (b.newest ?? -1) - (a.newest ?? -1) || byName(a, b),
};

/** Keeps the people of a gallery in the orders that were asked for: a page of 100,000 is then a slice. */
export function createPeople(read: Read): People {
  const sorted = new Map<PeopleOrder, Listed[]>();

  function inOrder(order: PeopleOrder): Listed[] {
    let list = sorted.get(order);
    if (list === undefined) {
      const [other] = sorted.values();
      list = (other ?? everybody(read())).toSorted(orders[order]);
      sorted.set(order, list);
    }
    return list;
  }

  return {
    forget: () => sorted.clear(),
    list({ search, order, page, size }) {
      const wanted = keyOf(search.trim());
      const all = inOrder(order);
      const found = wanted === '' ? all : all.filter(({ key }) => key.includes(wanted));
      const people = found.slice(page * size, (page + 1) * size).map(({ key: _, ...person }) => person);
      return { people, total: found.length };
    },
  };
}

function everybody({ faces, faceless }: ReturnType<Read>): Listed[] {
  const known = new Map<string, Listed>();
  const find = (subject: string): Listed => {
    let person = known.get(subject);
    if (person === undefined) {
      person = { subject, faces: 0, newest: null, key: keyOf(subject) };
      known.set(subject, person);
    }
    return person;
  };
  for (const { id, subject } of faces) {
    const person = find(subject);
    person.faces++;
    person.newest = Math.max(person.newest ?? id, id);
  }
  for (const name of faceless) find(name);
  return [...known.values()];
}
