import { describe, expect, it } from 'vitest';
import { createIdentity } from './identity.ts';

describe('createIdentity', () => {
  it('is the same person for the same seed', () => {
    expect(createIdentity(11)).toEqual(createIdentity(11));
    expect(createIdentity(11).shape).not.toEqual(createIdentity(12).shape);
  });

  it('draws people of all ages, skins and hair styles', () => {
    const people = Array.from({ length: 400 }, (_, i) => createIdentity(i));
    const styles = new Set(people.map((p) => p.hair.style));
    const beards = new Set(people.map((p) => p.beard.style));
    expect(styles.size).toBeGreaterThanOrEqual(13);
    expect(beards.size).toBe(8);
    expect(people.filter((p) => p.skin.melanin > 0.65).length).toBeGreaterThan(40);
    expect(people.filter((p) => p.skin.melanin < 0.25).length).toBeGreaterThan(80);
    expect(people.filter((p) => p.age < 14).length).toBeGreaterThan(15);
    expect(
      people.filter((p) => p.age < 17 || p.masculinity < 0.5).every((p) => p.beard.style === 'none'),
    ).toBe(true);
  });

  it('names people so that names sort and differ', () => {
    expect(createIdentity(7).name).toBe('person-00007');
    expect(new Set([1, 2, 123456789].map((seed) => createIdentity(seed).name)).size).toBe(3);
  });
});
