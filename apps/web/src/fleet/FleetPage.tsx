import type { FleetConnection } from "@payflip/contract/fleet.ts";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { fleetQuery } from "../api/decision-queries.ts";
import { currentLanguage } from "../intl/language.ts";
import { useText } from "../intl/messages.ts";
import { paths } from "../paths.ts";
import { CheckboxInput } from "../ui/fields/CheckboxInput.tsx";
import { EmptyState, PageHeader } from "../ui/Page.tsx";
import { LoadProblem } from "../ui/Loaded.tsx";
import { useLocalPages } from "../ui/lists/useLocalPages.tsx";
import { SearchInput } from "../ui/fields/SearchInput.tsx";
import { useTypedSearch } from "../ui/fields/useTypedSearch.ts";
import { FleetTable } from "./FleetTable.tsx";
import { attentionFirst, needsAttention, searchFleet } from "./fleet-order.ts";

/** Every connection of every customer, for success managers and support. */
export function FleetPage() {
  const text = useText();
  const query = useQuery(fleetQuery);
  return (
    <>
      <PageHeader title={text("fleet.title")} description={text("fleet.intro")} />
      {query.error ? (
        <LoadProblem query={query} />
      ) : query.data?.length === 0 ? (
        <EmptyState title={text("fleet.none")}>{text("fleet.none.why")}</EmptyState>
      ) : (
        <Fleet items={query.data} />
      )}
    </>
  );
}

function Fleet({ items }: { readonly items: readonly FleetConnection[] | undefined }) {
  const text = useText();
  const { q = "", show } = useSearch({ from: "/account/fleet" });
  const found = useMemo(() => {
    const searched = searchFleet(items ?? [], q);
    const wanted = show === "attention" ? searched.filter(needsAttention) : searched;
    return attentionFirst(wanted, currentLanguage());
  }, [items, q, show]);
  const { shown, pager } = useLocalPages(found);
  return (
    <>
      <FleetFilter />
      <output className="mb-2 block min-h-5 text-sm text-quiet">
        {items && text("fleet.count", { count: found.length })}
      </output>
      {items !== undefined && found.length === 0 ? (
        <EmptyState title={text("fleet.none.filtered")} />
      ) : (
        <FleetTable items={items && shown} />
      )}
      {pager}
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
