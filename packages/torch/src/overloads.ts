/** Rank of an overload among its siblings: the order in which they are tried. */
function rank(fullName: string): number {
  const overload = fullName.split('.')[1] ?? '';
  if (/out$|^out/.test(overload)) return 3;
  if (/dimname|names/i.test(overload)) return 4;
  if (/scalar/i.test(overload)) return 2;
  return overload === '' || overload === 'Tensor' ? 0 : 1;
}

/**
 * Operators grouped by base name (`add` → [`aten::add.Tensor`, `aten::add.Scalar`, …]), overloads in the order
 * in which they are tried: tensors before scalars, out variants last.
 */
export function overloadTable(fullNames: readonly string[]): Map<string, string[]> {
  const table = new Map<string, string[]>();
  for (const fullName of [...fullNames].sort()) {
    if (!fullName.startsWith('aten::')) continue;
    const name = fullName.slice('aten::'.length).split('.')[0]!;
    const list = table.get(name);
    if (list) list.push(fullName);
    else table.set(name, [fullName]);
  }
  for (const list of table.values()) list.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return table;
}
