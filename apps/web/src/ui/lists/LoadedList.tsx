import type { ReactNode } from "react";
import { useText } from "../../intl/messages.ts";
import { type Loading, LoadProblem } from "../Loaded.tsx";
import { SkeletonBlock } from "../Skeleton.tsx";

interface LoadedListProps<Item> {
  readonly query: Loading<readonly Item[]>;
  /** What is shown when there is no item. */
  readonly empty: ReactNode;
  readonly children: (items: readonly Item[]) => ReactNode;
}

/** A list that is loaded whole: its items, or why there are none. */
export function LoadedList<Item>({ query, empty, children }: LoadedListProps<Item>) {
  const text = useText();
  if (query.error) return <LoadProblem query={query} />;
  if (query.data === undefined) return <SkeletonBlock label={text("state.loading")} lines={6} />;
  return query.data.length === 0 ? empty : children(query.data);
}
