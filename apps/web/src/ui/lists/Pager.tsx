import { useRef } from "react";
import { useText } from "../../intl/messages.ts";
import { Button } from "../Button.tsx";

interface PagerProps {
  readonly page: number;
  readonly pageSize: number;
  readonly total: number | undefined;
  readonly nextCursor: string | null | undefined;
  readonly onPage: (page: number, cursor: string | undefined) => void;
}

/** Next and previous page of a list with cursors. After a reload, "previous" leads to the first page. */
export function Pager({ page, pageSize, total, nextCursor, onPage }: PagerProps) {
  const text = useText();
  const visited = useRef(new Map<number, string | undefined>([[1, undefined]]));
  if (total === undefined || (page === 1 && !nextCursor)) return null;
  const first = (page - 1) * pageSize + 1;
  const back = () => {
    const known = visited.current.has(page - 1);
    onPage(known ? page - 1 : 1, known ? visited.current.get(page - 1) : undefined);
  };
  const next = () => {
    if (!nextCursor) return;
    visited.current.set(page + 1, nextCursor);
    onPage(page + 1, nextCursor);
  };
  return (
    <nav
      aria-label={text("pager.label")}
      className="mt-3 flex flex-wrap items-center justify-between gap-2 text-sm"
    >
      <p className="text-quiet">
        {text("pager.range", { first, last: Math.min(first + pageSize - 1, total), total })}
      </p>
      <div className="flex gap-2">
        <Button isDisabled={page === 1} onPress={back}>
          {text("pager.previous")}
        </Button>
        <Button isDisabled={!nextCursor} onPress={next}>
          {text("pager.next")}
        </Button>
      </div>
    </nav>
  );
}
