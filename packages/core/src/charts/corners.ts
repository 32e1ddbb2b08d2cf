/** The points of a curve of right angles without those that lie on a straight piece between others. */
export function corners<P>(curve: readonly P[], x: (point: P) => number, y: (point: P) => number): P[] {
  return curve.filter((point, i) => {
    const [before, after] = [curve[i - 1], curve[i + 1]];
    if (before === undefined || after === undefined) return true;
    const isOn = (of: (point: P) => number): boolean => of(before) === of(point) && of(point) === of(after);
    return !isOn(x) && !isOn(y);
  });
}
