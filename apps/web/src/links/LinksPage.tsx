import type { Link as WorkerLink } from "@payflip/contract/links.ts";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import { useEntity, useIsAdmin } from "../access/session.ts";
import { linksPageSize, linksQuery } from "../api/decision-queries.ts";
import { useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";
import { paths } from "../paths.ts";
import { Button } from "../ui/Button.tsx";
import { Chip } from "../ui/Chip.tsx";
import type { Column } from "../ui/lists/DataTable.tsx";
import { Email } from "../ui/Facts.tsx";
import { EmptyState } from "../ui/Page.tsx";
import { PagedTable, Total } from "../ui/lists/PagedTable.tsx";
import { SearchInput } from "../ui/fields/SearchInput.tsx";
import { SelectInput } from "../ui/fields/SelectInput.tsx";
import { useTypedSearch } from "../ui/fields/useTypedSearch.ts";
import { LinkDialog } from "./LinkDialog.tsx";
import { linkName } from "./links.ts";
import { UnlinkDialog } from "./UnlinkDialog.tsx";

const states = ["linked", "worker_alone", "employee_alone"] as const;

interface Asked {
  readonly link: WorkerLink;
  readonly action: "link" | "unlink";
}

/** The link desk: which worker each employee is, and the actions that change it. */
export function LinksPage() {
  const text = useText();
  const search = useSearch({ from: "/account/settings/integrations/liantis/links" });
  const navigate = useNavigate();
  const entityId = useEntity(search.entity)?.id ?? "";
  const [asked, setAsked] = useState<Asked>();
  const { q, state, cursor } = search;
  const query = useQuery({
    ...linksQuery(entityId, { q, state, cursor }),
    enabled: entityId !== "",
  });
  const columns = useColumns(setAsked);
  const close = () => setAsked(undefined);
  return (
    <div>
      <p className="mb-4 max-w-prose text-sm text-quiet">{text("links.intro")}</p>
      <LinksFilter />
      <Total query={query} text={(total) => text("links.total", { total })} />
      <PagedTable
        label={text("links.title")}
        query={query}
        columns={columns}
        rowKey={({ workerId, employeeId }) => `${workerId} ${employeeId}`}
        pageSize={linksPageSize}
        page={search.page}
        onPage={(place) => void navigate({ to: paths.links, search: { ...search, ...place } })}
        empty={
          q === undefined && state === undefined ? (
            <EmptyState title={text("links.none")}>{text("links.none.why")}</EmptyState>
          ) : (
            <EmptyState title={text("picker.none.filtered")} />
          )
        }
      />
      {asked?.action === "link" && <LinkDialog link={asked.link} entityId={entityId} onClose={close} />}
      {asked?.action === "unlink" && <UnlinkDialog link={asked.link} onClose={close} />}
    </div>
  );
}

function LinksFilter() {
  const text = useText();
  const navigate = useNavigate();
  const { entity, q = "", state } = useSearch({ from: "/account/settings/integrations/liantis/links" });
  const send = useCallback(
    (typed: string | undefined) =>
      void navigate({ to: paths.links, search: { entity, q: typed, state }, replace: true }),
    [navigate, entity, state],
  );
  const [typed, setTyped] = useTypedSearch(q, send);
  return (
    <div className="mb-4 flex flex-wrap items-end gap-3">
      <SearchInput
        label={text("users.search")}
        placeholder={text("links.search.hint")}
        value={typed}
        onChange={setTyped}
      />
      <SelectInput
        label={text("links.state")}
        className="w-full sm:w-52"
        value={state ?? "all"}
        options={[
          { value: "all" as const, label: text("links.state.all") },
          ...states.map((value) => ({ value, label: text(`links.state.${value}`) })),
        ]}
        onChange={(value) =>
          void navigate({
            to: paths.links,
            search: { entity, q: q || undefined, state: value === "all" ? undefined : value },
            replace: true,
          })
        }
      />
    </div>
  );
}

function useColumns(onAsk: (asked: Asked) => void): readonly Column<WorkerLink>[] {
  const text = useText();
  const isAdmin = useIsAdmin();
  return useMemo(() => {
    const columns: Column<WorkerLink>[] = [
      { id: "employee", title: text("links.inPayflip"), cell: (link) => <InPayflip link={link} /> },
      { id: "worker", title: text("links.inLiantis"), cell: (link) => <InLiantis link={link} /> },
      { id: "state", title: text("links.state"), cell: (link) => <LinkState link={link} /> },
    ];
    const actions: Column<WorkerLink> = {
      id: "actions",
      title: text("links.actions"),
      wide: true,
      cell: (link) => <Actions link={link} onAsk={onAsk} />,
    };
    return isAdmin ? [...columns, actions] : columns;
  }, [text, isAdmin, onAsk]);
}

function InPayflip({ link: { employeeId, employeeName, email } }: { readonly link: WorkerLink }) {
  const text = useText();
  if (employeeId === null) return <span className="text-quiet">{text("links.missing.payflip")}</span>;
  return (
    <span className="block min-w-0">
      <Link to={paths.personLiantis} params={{ employeeId }} className="link font-medium">
        {employeeName}
      </Link>
      {email !== null && (
        <span className="block text-quiet">
          <Email address={email} />
        </span>
      )}
    </span>
  );
}

function InLiantis({
  link: { workerId, workerName, employeeNumber, liantisLink },
}: {
  readonly link: WorkerLink;
}) {
  const text = useText();
  if (workerId === null) return <span className="text-quiet">{text("links.missing.liantis")}</span>;
  return (
    <span className="block min-w-0">
      {workerName !== null && <span className="block">{workerName}</span>}
      {liantisLink === null ? (
        <span className="text-quiet wrap-anywhere">{workerId}</span>
      ) : (
        <a href={liantisLink} target="_blank" rel="noreferrer" className="link wrap-anywhere">
          {workerId}
          <span className="sr-only"> {text("where.liantis")}</span>
        </a>
      )}
      {employeeNumber !== null && (
        <span className="block text-xs text-quiet">{text("issues.number", { number: employeeNumber })}</span>
      )}
    </span>
  );
}

function LinkState({ link: { state, linkedAt, absentSince } }: { readonly link: WorkerLink }) {
  const text = useText();
  const formats = useFormats();
  return (
    <span className="block space-y-0.5">
      <Chip tone={state === "linked" ? "success" : "warning"}>{text(`links.state.${state}`)}</Chip>
      {linkedAt !== null && (
        <span className="block text-xs text-quiet" title={formats.instantInFull(linkedAt)}>
          {text("links.since", { when: formats.inWords(linkedAt) })}
        </span>
      )}
      {absentSince !== null && (
        <span className="block text-xs text-warning-ink">
          {text("links.absent", { when: formats.inWords(absentSince) })}
        </span>
      )}
    </span>
  );
}

function Actions({ link, onAsk }: { readonly link: WorkerLink; readonly onAsk: (asked: Asked) => void }) {
  const text = useText();
  const isLinked = link.state === "linked";
  const name = <span className="sr-only"> {linkName(link)}</span>;
  return (
    <span className="flex flex-wrap gap-1.5 lg:flex-nowrap lg:whitespace-nowrap">
      <Button onPress={() => onAsk({ link, action: "link" })}>
        {text(isLinked ? "links.relink" : "links.link")}
        {name}
      </Button>
      {isLinked && (
        <Button look="quiet" onPress={() => onAsk({ link, action: "unlink" })}>
          {text("links.unlink")}
          {name}
        </Button>
      )}
    </span>
  );
}
