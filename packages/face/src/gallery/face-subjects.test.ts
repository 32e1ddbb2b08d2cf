import { Random } from '@semblance/core/random';
import { expect, test } from 'vitest';
import { FaceSubjects } from './face-subjects.ts';

test('says what a map of names says, whatever is done', () => {
  const random = Random.of(3);
  const expected = new Map<number, string>();
  const subjects = new FaceSubjects();
  const names = Array.from({ length: 12 }, (_, i) => `person ${i}`);
  const ids = [0, 1, 2, 255, 256, 700, 2 ** 40, 2 ** 40 + 1, 99_999];
  for (let i = 0; i < 3000; i++) {
    const [id, name, other] = [random.pick(ids), random.pick(names), random.pick(names)];
    const act = random.int(0, 3);
    if (act === 0) {
      subjects.set(id, name);
      expected.set(id, name);
    } else if (act === 1) {
      subjects.delete(id);
      expected.delete(id);
    } else {
      subjects.rename(name, other);
      for (const [each, of] of expected) if (of === name) expected.set(each, other);
    }
    expect(subjects.size).toBe(expected.size);
    expect(subjects.numSubjects).toBe(new Set(expected.values()).size);
    expect(subjects.get(id)).toBe(expected.get(id));
    expect(subjects.has(name)).toBe([...expected.values()].includes(name));
    const own = [...expected].flatMap(([each, of]) => (of === name ? [each] : []));
    expect(subjects.facesOf(name)).toEqual(own.sort((a, b) => a - b));
  }
  const rising = [...expected].sort(([a], [b]) => a - b).map(([id, subject]) => ({ id, subject }));
  expect([...subjects.faces()]).toEqual(rising);
});
