/** The ids between two rows as they are shown, both included; only `last` where `first` is not shown. */
export function rangeBetween(shown: readonly string[], first: string | undefined, last: string): string[] {
  const start = first === undefined ? -1 : shown.indexOf(first);
  const end = shown.indexOf(last);
  if (start < 0 || end < 0) return [last];
  return shown.slice(Math.min(start, end), Math.max(start, end) + 1);
}

/** A copy of the selection with these ids added or removed. */
export function withTicked(
  selected: ReadonlySet<string>,
  ids: readonly string[],
  isTicked: boolean,
): ReadonlySet<string> {
  const changed = new Set(selected);
  for (const id of ids) {
    if (isTicked) changed.add(id);
    else changed.delete(id);
  }
  return changed;
}

/** Whether all, some or none of these ids are selected; none for an empty list. */
export function tickedOf(selected: ReadonlySet<string>, ids: readonly string[]): "all" | "some" | "none" {
  const count = ids.filter((id) => selected.has(id)).length;
  if (count === 0) return "none";
  return count === ids.length ? "all" : "some";
}
