/**
 * Who belongs to which group.
 *
 * @param groups the group of each; null for those that belong to none
 * @returns the indices of each group's members, groups in the order of their names
 */
export function membersByGroup(groups: readonly (string | null)[]): [group: string, members: number[]][] {
  const members = new Map<string, number[]>();
  for (const [i, group] of groups.entries()) {
    if (group === null) continue;
    const list = members.get(group);
    if (list) list.push(i);
    else members.set(group, [i]);
  }
  return [...members.keys()].sort().map((group) => [group, members.get(group)!]);
}
