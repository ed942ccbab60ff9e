/** Everything between two rows as they are shown, both included; only `to` where `from` is not shown. */
export function rangeBetween(shown: readonly string[], from: string | undefined, to: string): string[] {
  const start = from === undefined ? -1 : shown.indexOf(from);
  const end = shown.indexOf(to);
  if (start < 0 || end < 0) return [to];
  return shown.slice(Math.min(start, end), Math.max(start, end) + 1);
}

/** The selection with these added, or taken out. */
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

/** Whether all, some or none of these are selected. Of nothing, none. */
export function tickedOf(selected: ReadonlySet<string>, ids: readonly string[]): "all" | "some" | "none" {
  const count = ids.filter((id) => selected.has(id)).length;
  if (count === 0) return "none";
  return count === ids.length ? "all" : "some";
}
