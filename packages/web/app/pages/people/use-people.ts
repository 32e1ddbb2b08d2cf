import { type components, dataOf } from '@semblance/client';
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.ts';

export type Person = components['schemas']['Person'];
export const orders = ['name', 'faces', 'newest'] as const;
export type Order = (typeof orders)[number];

/** People of one answer: some screens full. */
const PAGE = 200;

const pageQuery = (search: string, sort: Order, page: number) => ({
  queryKey: ['people', search, sort, page],
  queryFn: async () =>
    dataOf(await api.http.GET('/api/v1/people', { params: { query: { search, sort, page, size: PAGE } } })),
});

export interface PeopleFound {
  /** null before the first answer. */
  total: number | null;
  error: unknown;
  isStale: boolean;
  retry(): void;
  /** Somebody of the range that is seen; undefined before their page is here. */
  at(index: number): Person | undefined;
}

/** The people whose names have a part, of whom those are asked for who are seen: from `first` to `last`. */
export function usePeople(search: string, sort: Order, first: number, last: number): PeopleFound {
  // how many there are, and the first screen; what was there before stays until it is here
  const head = useQuery({ ...pageQuery(search, sort, 0), placeholderData: keepPreviousData });
  const from = Math.floor(Math.max(0, first) / PAGE);
  const numbers = Array.from({ length: Math.floor(Math.max(0, last) / PAGE) - from + 1 }, (_, i) => from + i);
  const pages = useQueries({ queries: numbers.map((page) => pageQuery(search, sort, page)) });
  const byNumber = new Map(numbers.map((page, i) => [page, pages[i]?.data]));
  return {
    total: head.data?.total ?? null,
    error: head.error ?? pages.find(({ error }) => error)?.error ?? null,
    isStale: head.isPlaceholderData,
    retry: () => void head.refetch(),
    at(index) {
      const page = Math.floor(index / PAGE);
      const data = byNumber.get(page) ?? (page === 0 ? head.data : undefined);
      return data?.people[index % PAGE];
    },
  };
}
