import type { Employee } from "@payflip/contract/employees.ts";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Link2, Unlink2 } from "lucide-react";
import { useMemo } from "react";
import { useSession } from "../access/session.ts";
import { employeesPageSize, employeesQuery } from "../api/queries.ts";
import { useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";
import { paths } from "../paths.ts";
import { Button } from "../ui/Button.tsx";
import { Chip } from "../ui/Chip.tsx";
import type { Column } from "../ui/lists/DataTable.tsx";
import { Email } from "../ui/Facts.tsx";
import { EmptyState, PageHeader } from "../ui/Page.tsx";
import { PagedTable, Total } from "../ui/lists/PagedTable.tsx";
import { EmployeeStatusChip } from "./EmployeeStatusChip.tsx";
import { UsersFilter } from "./UsersFilter.tsx";

export function UsersPage() {
  const text = useText();
  const search = useSearch({ from: "/account/users" });
  const navigate = useNavigate();
  const query = useQuery(
    employeesQuery({ entityId: search.entity, q: search.q, status: search.status, cursor: search.cursor }),
  );
  const columns = useColumns();
  const isFiltered = Boolean(search.q ?? search.status ?? search.entity);
  return (
    <>
      <PageHeader title={text("users.title")} description={text("users.description")} />
      <UsersFilter />
      <Total query={query} text={(total) => text("users.total", { total })} />
      <PagedTable
        label={text("users.title")}
        query={query}
        columns={columns}
        rowKey={({ id }) => id}
        pageSize={employeesPageSize}
        page={search.page}
        onPage={(place) => void navigate({ to: paths.users, search: { ...search, ...place } })}
        empty={<NoUsers isFiltered={isFiltered} />}
      />
    </>
  );
}

function NoUsers({ isFiltered }: { readonly isFiltered: boolean }) {
  const text = useText();
  const navigate = useNavigate();
  if (isFiltered) {
    return (
      <EmptyState
        title={text("users.none.filtered")}
        action={
          <Button onPress={() => void navigate({ to: paths.users, search: {} })}>
            {text("users.clearFilters")}
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      title={text("users.none")}
      action={
        <Link to={paths.integrations} className="link">
          {text("integrations.title")}
        </Link>
      }
    >
      {text("users.none.why")}
    </EmptyState>
  );
}

function useColumns(): readonly Column<Employee>[] {
  const text = useText();
  const formats = useFormats();
  const { entities } = useSession();
  return useMemo(() => {
    const entityNames = new Map(entities.map(({ id, name }) => [id, name]));
    return [
      {
        id: "name",
        title: text("field.name"),
        cell: (employee) => (
          <span className="block">
            <Link to={paths.person} params={{ employeeId: employee.id }} className="link font-medium">
              {employee.firstName} {employee.lastName}
            </Link>
            {entities.length > 1 && (
              <span className="block text-xs text-quiet">{entityNames.get(employee.entityId)}</span>
            )}
          </span>
        ),
      },
      {
        id: "email",
        title: text("field.email"),
        cell: ({ email }) => <Email address={email} />,
      },
      {
        id: "number",
        title: text("field.employeeNumber"),
        cell: ({ employeeNumber }) => employeeNumber ?? <None />,
      },
      {
        id: "start",
        title: text("field.startDate"),
        cell: ({ startDate }) => <span className="whitespace-nowrap">{formats.shortDate(startDate)}</span>,
      },
      {
        id: "status",
        title: text("field.status"),
        cell: ({ status }) => <EmployeeStatusChip status={status} />,
      },
      {
        id: "invitation",
        title: text("field.invitation"),
        cell: ({ invited }) =>
          invited ? (
            <Chip tone="success">{text("invitation.sent")}</Chip>
          ) : (
            <Chip>{text("invitation.none")}</Chip>
          ),
      },
      { id: "linked", title: text("field.liantis"), cell: ({ linked }) => <LinkIcon isLinked={linked} /> },
    ];
  }, [text, formats, entities]);
}

function None() {
  const text = useText();
  return (
    <span className="text-quiet">
      <span aria-hidden>–</span>
      <span className="sr-only">{text("field.none")}</span>
    </span>
  );
}

function LinkIcon({ isLinked }: { readonly isLinked: boolean }) {
  const text = useText();
  const label = text(isLinked ? "employee.linked" : "employee.notLinked");
  const Icon = isLinked ? Link2 : Unlink2;
  return (
    <span title={label} className={isLinked ? "text-accent-ink" : "text-quiet"}>
      <Icon className="inline size-4.5" aria-hidden />
      <span className="sr-only">{label}</span>
    </span>
  );
}
