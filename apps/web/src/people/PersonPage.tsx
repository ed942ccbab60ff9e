import type { EmployeeDetail } from "@payflip/contract/employees.ts";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useParams } from "@tanstack/react-router";
import { Link2 } from "lucide-react";
import { useIsAdmin, useSession } from "../access/session.ts";
import { employeeQuery } from "../api/queries.ts";
import { useText } from "../intl/messages.ts";
import { paths } from "../paths.ts";
import { Chip } from "../ui/Chip.tsx";
import { Loaded } from "../ui/Loaded.tsx";
import { Breadcrumb, PageHeader } from "../ui/Page.tsx";
import { TabLink, Tabs } from "../ui/Tabs.tsx";
import { Deactivate } from "./Deactivate.tsx";
import { EmployeeStatusChip } from "./EmployeeStatusChip.tsx";
import { Reactivate } from "./Reactivate.tsx";

export function PersonPage() {
  const { employeeId } = useParams({ from: "/account/users/$employeeId" });
  const query = useQuery(employeeQuery(employeeId));
  return (
    <Loaded query={query} lines={8}>
      {(employee) => <Person employee={employee} />}
    </Loaded>
  );
}

/** The head of a person's page; details and salary have an address each. */
function Person({ employee }: { readonly employee: EmployeeDetail }) {
  const text = useText();
  const { entities } = useSession();
  const isAdmin = useIsAdmin();
  const employeeId = employee.id;
  const name = `${employee.firstName} ${employee.lastName}`;
  return (
    <>
      <PageHeader
        title={name}
        breadcrumb={
          <Breadcrumb>
            {[
              <Link key="users" to={paths.users} className="link">
                {text("users.title")}
              </Link>,
              name,
            ]}
          </Breadcrumb>
        }
        chip={
          <>
            <EmployeeStatusChip status={employee.status} />
            {employee.linked && (
              <Chip tone="accent" icon={Link2}>
                {text("employee.linked")}
              </Chip>
            )}
          </>
        }
        actions={isAdmin ? <EmploymentAct employee={employee} /> : undefined}
        description={entities.find(({ id }) => id === employee.entityId)?.name}
      />
      <Tabs label={text("person.sections")}>
        <TabLink to={paths.person} params={{ employeeId }} activeOptions={{ exact: true }}>
          {text("person.details")}
        </TabLink>
        <TabLink to={paths.salary} params={{ employeeId }}>
          {text("person.salary")}
        </TabLink>
        <TabLink to={paths.personLiantis} params={{ employeeId }}>
          Liantis
        </TabLink>
      </Tabs>
      <Outlet />
    </>
  );
}

function EmploymentAct({ employee }: { readonly employee: EmployeeDetail }) {
  return employee.status === "deactivated" ? (
    <Reactivate employee={employee} />
  ) : (
    <Deactivate employee={employee} />
  );
}
