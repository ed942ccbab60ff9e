import { useState } from "react";
import { Pager } from "./Pager.tsx";

const pageSize = 50;

/** Pages of a list that was loaded whole: the items of the current page, and the pager. */
export function useLocalPages<Item>(items: readonly Item[]) {
  const [page, setPage] = useState(1);
  const pages = Math.max(1, Math.ceil(items.length / pageSize));
  const current = Math.min(page, pages);
  const pager = (
    <Pager
      page={current}
      pageSize={pageSize}
      total={items.length}
      nextCursor={current < pages ? String(current + 1) : null}
      onPage={setPage}
    />
  );
  return { shown: items.slice((current - 1) * pageSize, current * pageSize), pager, setPage };
}
