import type { EmployeeStatus } from "@payflip/contract/employees.ts";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import { useSession } from "../access/session.ts";
import { useText } from "../intl/messages.ts";
import { paths } from "../paths.ts";
import { SearchInput } from "../ui/fields/SearchInput.tsx";
import { SelectInput } from "../ui/fields/SelectInput.tsx";
import { useTypedSearch } from "../ui/fields/useTypedSearch.ts";

const statuses = ["upcoming", "active", "deactivated"] as const satisfies readonly EmployeeStatus[];

/** Search and filters, kept in the address: Back, a reload and a shared link keep them. */
export function UsersFilter() {
  const text = useText();
  const { entities } = useSession();
  const { q, entity, status } = useSearch({ from: "/account/users" });
  const navigate = useNavigate();
  const filter = (change: { entity?: string | undefined; status?: EmployeeStatus | undefined }) =>
    void navigate({ to: paths.users, search: { q, entity, status, ...change }, replace: true });
  return (
    <div className="mb-4 flex flex-wrap items-end gap-3">
      <UserSearch />
      {entities.length > 1 && (
        <SelectInput
          label={text("field.entity")}
          className="w-full sm:w-52"
          value={entity ?? "all"}
          options={[
            { value: "all", label: text("users.allEntities") },
            ...entities.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(value) => filter({ entity: value === "all" ? undefined : value })}
        />
      )}
      <SelectInput
        label={text("field.status")}
        className="w-full sm:w-44"
        value={status ?? "all"}
        options={[
          { value: "all", label: text("users.allStatuses") },
          ...statuses.map((value) => ({ value, label: text(`employee.status.${value}`) })),
        ]}
        onChange={(value) => filter({ status: value === "all" ? undefined : value })}
      />
    </div>
  );
}

function UserSearch() {
  const text = useText();
  const { q = "", entity, status } = useSearch({ from: "/account/users" });
  const navigate = useNavigate();
  const send = useCallback(
    (typed: string | undefined) =>
      void navigate({ to: paths.users, search: { q: typed, entity, status }, replace: true }),
    [navigate, entity, status],
  );
  const [typed, setTyped] = useTypedSearch(q, send);
  return (
    <SearchInput
      label={text("users.search")}
      placeholder={text("users.search.hint")}
      value={typed}
      onChange={setTyped}
    />
  );
}
