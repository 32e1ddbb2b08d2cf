import { expect, test, vi } from 'vitest';
import { createPeople, type PeopleOrder } from './people.ts';

const faces = [
  { id: 1, subject: 'Zoë' },
  { id: 2, subject: 'ada' },
  { id: 5, subject: 'Bob' },
  { id: 7, subject: 'ada' },
];
const read = vi.fn(() => ({ faces, faceless: ['Eve', 'ada'] }));
const people = createPeople(read);
const names = (order: PeopleOrder, search = '', page = 0, size = 10) =>
  people.list({ order, search, page, size }).people.map(({ subject }) => subject);

test('lists people by name, number of faces or the last face, and reads them once', () => {
  expect(people.list({ order: 'name', search: '', page: 0, size: 10 })).toEqual({
    people: [
      { subject: 'ada', faces: 2, newest: 7 },
      { subject: 'Bob', faces: 1, newest: 5 },
      { subject: 'Eve', faces: 0, newest: null },
      { subject: 'Zoë', faces: 1, newest: 1 },
    ],
    total: 4,
  });
  expect(names('faces')).toEqual(['ada', 'Bob', 'Zoë', 'Eve']);
  expect(names('newest')).toEqual(['ada', 'Bob', 'Zoë', 'Eve']);
  expect(read).toHaveBeenCalledTimes(1);
  people.forget();
  names('newest');
  expect(read).toHaveBeenCalledTimes(2);
});

test('finds part of a name whatever its case, and however its letters are composed', () => {
  expect(names('name', ' BO ')).toEqual(['Bob']);
  expect(names('name', 'zoe\u0308')).toEqual(['Zoë']);
  expect(names('name', 'nobody')).toEqual([]);
});

test('a page is a part of what was found, whose number is told', () => {
  expect(names('name', '', 1, 3)).toEqual(['Zoë']);
  expect(people.list({ order: 'name', search: '', page: 9, size: 3 })).toEqual({ people: [], total: 4 });
});
