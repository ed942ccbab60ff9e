import type { FleetConnection } from "@payflip/contract/fleet.ts";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import { fleetQuery } from "../api/decision-queries.ts";
import { currentLanguage } from "../intl/language.ts";
import { useText } from "../intl/messages.ts";
import { paths } from "../paths.ts";
import { Button } from "../ui/Button.tsx";
import { CheckboxInput } from "../ui/fields/CheckboxInput.tsx";
import { EmptyState, PageHeader } from "../ui/Page.tsx";
import { Pager } from "../ui/lists/Pager.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { SearchInput } from "../ui/fields/SearchInput.tsx";
import { useTypedSearch } from "../ui/fields/useTypedSearch.ts";
import { FleetTable } from "./FleetTable.tsx";
import { attentionFirst, needsAttention, searchFleet } from "./fleet-order.ts";

const pageSize = 50;

/** Every connection of every customer, for success managers and support. */
export function FleetPage() {
  const text = useText();
  const { data, error, refetch } = useQuery(fleetQuery);
  return (
    <>
      <PageHeader title={text("fleet.title")} description={text("fleet.intro")} />
      {error ? (
        <ProblemNotice
          error={error}
          actions={<Button onPress={() => void refetch()}>{text("action.tryAgain")}</Button>}
        />
      ) : data?.length === 0 ? (
        <EmptyState title={text("fleet.none")}>{text("fleet.none.why")}</EmptyState>
      ) : (
        <Fleet items={data} />
      )}
    </>
  );
}

function Fleet({ items }: { readonly items: readonly FleetConnection[] | undefined }) {
  const text = useText();
  const { q = "", show } = useSearch({ from: "/account/fleet" });
  const [page, setPage] = useState(1);
  const found = useMemo(() => {
    const searched = searchFleet(items ?? [], q);
    const shown = show === "attention" ? searched.filter(needsAttention) : searched;
    return attentionFirst(shown, currentLanguage());
  }, [items, q, show]);
  const pages = Math.max(1, Math.ceil(found.length / pageSize));
  const current = Math.min(page, pages);
  return (
    <>
      <FleetFilter />
      <output className="mb-2 block min-h-5 text-sm text-quiet">
        {items && text("fleet.count", { count: found.length })}
      </output>
      {items !== undefined && found.length === 0 ? (
        <EmptyState title={text("fleet.none.filtered")} />
      ) : (
        <FleetTable items={items && found.slice((current - 1) * pageSize, current * pageSize)} />
      )}
      <Pager
        page={current}
        pageSize={pageSize}
        total={found.length}
        nextCursor={current < pages ? String(current + 1) : null}
        onPage={setPage}
      />
    </>
  );
}

function FleetFilter() {
  const text = useText();
  const navigate = useNavigate();
  const { q = "", show } = useSearch({ from: "/account/fleet" });
  const send = useCallback(
    (typed: string | undefined) =>
      void navigate({ to: paths.fleet, search: { q: typed, show }, replace: true }),
    [navigate, show],
  );
  const [typed, setTyped] = useTypedSearch(q, send);
  return (
    <div className="mb-4 flex flex-wrap items-end gap-x-5 gap-y-3">
      <SearchInput
        label={text("users.search")}
        placeholder={text("fleet.search.hint")}
        value={typed}
        onChange={setTyped}
      />
      <div className="flex min-h-9 items-center">
        <CheckboxInput
          isSelected={show === "attention"}
          onChange={(isOn) =>
            void navigate({
              to: paths.fleet,
              search: { q: q || undefined, show: isOn ? "attention" : undefined },
              replace: true,
            })
          }
        >
          {text("fleet.onlyAttention")}
        </CheckboxInput>
      </div>
    </div>
  );
}
