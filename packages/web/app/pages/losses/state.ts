import { useCallback, useEffect, useRef, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { curveOf, type KnobName, type Knobs, presetsOf } from './targets.ts';

export const views = ['logit', 'slope', 'pull'] as const;
export type View = (typeof views)[number];

/** How many people a training set may have: positions of a slider. */
export const peopleCounts: readonly number[] = [2, 10, 24, 100, 1000, 10_000, 100_000, 1_000_000];

/** All that the laboratory shows, as its address has it. */
export interface Lab {
  loss: string;
  angle: number;
  people: number;
  view: View;
  knobs: Knobs;
  /** Numbers of an embedding in the recorded trainings. */
  dimensions: 2 | 3;
  /** Which moment of the recorded trainings; null is their end. */
  moment: number | null;
  /** How far the sphere is turned, in degrees. */
  turn: number;
}

const between = (text: string | null, low: number, high: number, otherwise: number): number => {
  const value = text === null || text === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? Math.min(high, Math.max(low, value)) : otherwise;
};

/** What an address says; what it does not say, or says wrongly, is as at first. */
export function labOf(search: string): Lab {
  const said = new URLSearchParams(search);
  const curve = curveOf(said.get('loss') ?? 'arcface');
  const knobs = presetsOf(curve);
  for (const { name, min, max, step, preset } of curve.knobs) {
    const value = between(said.get(name), min, max, preset);
    knobs[name] = Number((Math.round(value / step) * step).toFixed(2));
  }
  const people = Number(said.get('people'));
  const moment = said.get('moment');
  return {
    loss: curve.name,
    angle: Math.round(between(said.get('angle'), 0, 180, 60)),
    people: peopleCounts.find((count) => count === people) ?? 10_000,
    view: views.find((view) => view === said.get('view')) ?? 'logit',
    knobs,
    dimensions: said.get('dimensions') === '3' ? 3 : 2,
    moment: moment === null ? null : Math.round(between(moment, 0, 100, 100)),
    turn: Math.round(between(said.get('turn'), 0, 360, 30)),
  };
}

/** The shortest address that says it. */
export function searchOf(lab: Lab): string {
  const first = labOf(`loss=${lab.loss}`);
  const said = new URLSearchParams();
  if (lab.loss !== 'arcface') said.set('loss', lab.loss);
  for (const key of ['angle', 'people', 'view'] as const)
    if (lab[key] !== first[key]) said.set(key, String(lab[key]));
  for (const { name } of curveOf(lab.loss).knobs)
    if (lab.knobs[name] !== first.knobs[name]) said.set(name, String(lab.knobs[name]));
  for (const key of ['dimensions', 'moment', 'turn'] as const)
    if (lab[key] !== first[key]) said.set(key, String(lab[key]));
  return said.toString();
}

export interface LabControl {
  lab: Lab;
  change(some: Partial<Omit<Lab, 'knobs'>>): void;
  turnKnob(name: KnobName, value: number): void;
  /** Another loss, with the knobs of its paper, and what else is given. */
  choose(loss: string, some?: Partial<Omit<Lab, 'loss' | 'knobs'>>, knobs?: Partial<Knobs>): void;
}

/** The state, in the address a moment after it rests: browsers refuse an address for every pixel of a drag. */
export function useLab(): LabControl {
  const search = useSearch();
  const [, navigate] = useLocation();
  const known = useRef(search);
  const [lab, setLab] = useState(() => labOf(search));
  useEffect(() => {
    if (search === known.current) return;
    known.current = search;
    setLab(labOf(search));
  }, [search]);
  useEffect(() => {
    const timer = setTimeout(() => {
      const next = searchOf(lab);
      if (next === known.current) return;
      known.current = next;
      navigate(next === '' ? '' : `?${next}`, { replace: true });
    }, 150);
    return () => clearTimeout(timer);
  }, [lab, navigate]);
  const change = useCallback(
    (some: Partial<Omit<Lab, 'knobs'>>) => setLab((now) => ({ ...now, ...some })),
    [],
  );
  const turnKnob = useCallback(
    (name: KnobName, value: number) => setLab((now) => ({ ...now, knobs: { ...now.knobs, [name]: value } })),
    [],
  );
  const choose = useCallback<LabControl['choose']>(
    (loss, some, knobs) =>
      setLab((now) => ({ ...now, ...some, loss, knobs: { ...presetsOf(curveOf(loss)), ...knobs } })),
    [],
  );
  return { lab, change, turnKnob, choose };
}
