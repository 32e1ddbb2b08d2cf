import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api } from '../../api/client.ts';
import type { Given } from '../../ui/files.ts';

/** A photo on its way into the gallery. */
export interface Enrolment {
  id: number;
  file: File;
  url: string;
  name: string;
  state: 'ready' | 'sending' | 'done' | 'refused';
  error: unknown;
}

/** Photos that are sent at a time. */
const AT_A_TIME = 3;

/** Who is meant by a file: its folder's name, or its own without what numbers it. */
export function nameOf({ file, folder }: Given): string {
  const stem = file.name.replace(/\.[^.]+$/, '');
  const name = folder ?? stem.replace(/[\s_-]*[(#]?\d+\)?$/, '');
  return (name === '' ? stem : name).replace(/_/g, ' ').trim().slice(0, 200);
}

/** Photos with the names they are to be enrolled under, and what became of each. */
export function useEnrolments(first: () => Given[]) {
  const queries = useQueryClient();
  const ids = useRef(0);
  const urls = useRef(new Set<string>());
  const [list, setList] = useState<readonly Enrolment[]>([]);
  const add = (given: readonly Given[]): void => {
    const added = given.map((one): Enrolment => {
      const url = URL.createObjectURL(one.file);
      urls.current.add(url);
      return { id: ids.current++, file: one.file, url, name: nameOf(one), state: 'ready', error: null };
    });
    if (added.length > 0) setList((all) => [...all, ...added]);
  };
  useEffect(() => {
    add(first());
    const { current } = urls;
    return () => {
      for (const url of current) URL.revokeObjectURL(url);
    };
  }, []);
  const change = (id: number, change: Partial<Enrolment>): void =>
    setList((all) => all.map((one) => (one.id === id ? { ...one, ...change } : one)));

  /** Enrols what is ready and has a name; resolves when all has been answered. */
  async function enrol(): Promise<void> {
    const waiting = list.filter(({ state, name }) => state !== 'done' && name.trim() !== '');
    const work = waiting.values();
    const send = async (): Promise<void> => {
      for (const { id, name, file } of work) {
        change(id, { state: 'sending', error: null });
        try {
          await api.addFace(name.trim(), file);
          change(id, { state: 'done' });
        } catch (error) {
          change(id, { state: 'refused', error });
        }
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, send));
    await Promise.all(['people', 'faces'].map((name) => queries.invalidateQueries({ queryKey: [name] })));
  }

  return {
    list,
    add,
    enrol,
    rename: (id: number, name: string) => change(id, { name }),
    remove: (id: number) => setList((all) => all.filter((one) => one.id !== id)),
  };
}
