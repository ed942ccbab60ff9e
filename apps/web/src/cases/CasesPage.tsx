import type { CaseStatus } from "@payflip/contract/cases.ts";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { casesQuery } from "../api/decision-queries.ts";
import { useText } from "../intl/messages.ts";
import { paths } from "../paths.ts";
import { EmptyState, PageHeader } from "../ui/Page.tsx";
import { LoadedList } from "../ui/lists/LoadedList.tsx";
import { SelectInput } from "../ui/fields/SelectInput.tsx";
import { CaseCard } from "./CaseCard.tsx";

const statuses = ["open", "confirmed", "declined", "closed"] as const satisfies readonly CaseStatus[];

/** People who seem to have moved between entities: for support, and for admins who see both entities. */
export function CasesPage() {
  const text = useText();
  const navigate = useNavigate();
  const { status = "open" } = useSearch({ from: "/account/cases" });
  const query = useQuery(casesQuery(status));
  return (
    <>
      <PageHeader title={text("cases.title")} description={text("cases.intro")} />
      <SelectInput
        label={text("cases.status")}
        className="mb-4 w-full sm:w-52"
        value={status}
        options={statuses.map((value) => ({ value, label: text(`cases.status.${value}`) }))}
        onChange={(value) =>
          void navigate({
            to: paths.cases,
            search: { status: value === "open" ? undefined : value },
            replace: true,
          })
        }
      />
      <LoadedList query={query} empty={<NoCases status={status} />}>
        {(cases) => (
          <div className="space-y-4">
            {cases.map((item) => (
              <CaseCard key={item.id} item={item} />
            ))}
          </div>
        )}
      </LoadedList>
    </>
  );
}

function NoCases({ status }: { readonly status: CaseStatus }) {
  const text = useText();
  return status === "open" ? (
    <EmptyState title={text("cases.none.open")}>{text("cases.none.open.why")}</EmptyState>
  ) : (
    <EmptyState title={text("cases.none.other")} />
  );
}
