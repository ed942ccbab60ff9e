import type { EmployeeStatus } from "@payflip/contract/employees.ts";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Search, X } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "react-aria-components/Button";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { SearchField } from "react-aria-components/SearchField";
import { useSession } from "../access/session.ts";
import { useText } from "../intl/messages.ts";
import { paths } from "../paths.ts";
import { SelectInput } from "../ui/SelectInput.tsx";
import { inputClass } from "../ui/field-classes.ts";

const debounceMs = 250;
const statuses = ["upcoming", "active", "deactivated"] as const satisfies readonly EmployeeStatus[];

/** Search and filters; they stand in the address, so that Back, reload and a shared link keep them. */
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
  const [typed, setTyped] = useState(q);
  const [shownFor, setShownFor] = useState(q);
  const [sent, setSent] = useState<string>();
  if (shownFor !== q) {
    setShownFor(q);
    setSent(undefined);
    // The address changed by other means (Back, "show everybody"): the box follows it. Our own change is there already.
    if (sent !== q) setTyped(q);
  }
  useEffect(() => {
    if (typed.trim() === q) return;
    const timer = setTimeout(() => {
      setSent(typed.trim());
      void navigate({
        to: paths.users,
        search: { q: typed.trim() || undefined, entity, status },
        replace: true,
      });
    }, debounceMs);
    return () => clearTimeout(timer);
  }, [typed, q, entity, status, navigate]);
  return (
    <SearchField
      value={typed}
      onChange={setTyped}
      className="group flex min-w-0 flex-1 basis-64 flex-col gap-1"
    >
      <Label className="text-sm font-medium">{text("users.search")}</Label>
      <div className="relative">
        <Search
          className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-quiet"
          aria-hidden
        />
        <Input
          placeholder={text("users.search.hint")}
          className={`${inputClass} pr-9 pl-9 [&::-webkit-search-cancel-button]:hidden`}
        />
        <Button
          aria-label={text("action.clear")}
          className="absolute top-1/2 right-1.5 -translate-y-1/2 rounded-md p-1 text-quiet group-data-[empty]:hidden"
        >
          <X className="size-4" aria-hidden />
        </Button>
      </div>
    </SearchField>
  );
}
