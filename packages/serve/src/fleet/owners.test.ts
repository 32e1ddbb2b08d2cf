import { expect, test } from 'vitest';
import { Owners } from './owners.ts';

test('who asked in the last two seconds counts, and whose share is largest is heavy', () => {
  let now = 0;
  const owners = new Owners(() => now);
  owners.noteAsked('ada');
  owners.noteWork('ada', 500);
  expect([owners.isAlone('ada'), owners.isHeavy('ada'), owners.areSeveral]).toEqual([true, false, false]);
  expect(owners.isAlone('bob')).toBe(false);

  now = 1500;
  owners.noteAsked('bob');
  owners.noteWork('bob', 100);
  expect([owners.isHeavy('ada'), owners.isHeavy('bob'), owners.areSeveral]).toEqual([true, false, true]);

  now = 2100; // ada is silent
  expect([owners.isAlone('bob'), owners.areSeveral]).toEqual([true, false]);
});

test('of three with even shares none is heavy, and work fades', () => {
  let now = 0;
  const owners = new Owners(() => now);
  for (const owner of ['ada', 'bob', 'eve']) owners.noteWork(owner, 100);
  expect(['ada', 'bob', 'eve'].some((owner) => owners.isHeavy(owner))).toBe(false);
  owners.noteWork('eve', 30);
  expect(owners.isHeavy('eve')).toBe(false); // 130 of 330 is less than five twelfths
  owners.noteWork('eve', 30);
  expect(owners.isHeavy('eve')).toBe(true);
  now = 2000;
  for (const owner of ['ada', 'bob', 'eve']) owners.noteAsked(owner);
  for (const owner of ['ada', 'bob']) owners.noteWork(owner, 60); // 110 each beside what is left of 160
  expect(owners.isHeavy('eve')).toBe(false);
});
