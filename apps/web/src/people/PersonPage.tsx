import type { EmployeeDetail } from "@payflip/contract/employees.ts";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useParams } from "@tanstack/react-router";
import { Link2 } from "lucide-react";
import { useIsAdmin, useSession } from "../access/session.ts";
import { hasStatus } from "../api/problem.ts";
import { employeeQuery } from "../api/queries.ts";
import { useText } from "../intl/messages.ts";
import { NotFoundPage } from "../ui/NotFoundPage.tsx";
import { paths } from "../paths.ts";
import { Button } from "../ui/Button.tsx";
import { Chip } from "../ui/Chip.tsx";
import { Breadcrumb, PageHeader } from "../ui/Page.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { SkeletonBlock } from "../ui/Skeleton.tsx";
import { TabLink, Tabs } from "../ui/Tabs.tsx";
import { Deactivate } from "./Deactivate.tsx";
import { EmployeeStatusChip } from "./EmployeeStatusChip.tsx";
import { Reactivate } from "./Reactivate.tsx";

/** The head of a person's page; details and salary have an address each. */
export function PersonPage() {
  const text = useText();
  const { entities } = useSession();
  const isAdmin = useIsAdmin();
  const { employeeId } = useParams({ from: "/account/users/$employeeId" });
  const { data: employee, error, refetch } = useQuery(employeeQuery(employeeId));
  if (hasStatus(error, 404)) return <NotFoundPage />;
  if (employee === undefined) {
    return error ? (
      <ProblemNotice
        error={error}
        actions={<Button onPress={() => void refetch()}>{text("action.tryAgain")}</Button>}
      />
    ) : (
      <SkeletonBlock label={text("state.loading")} lines={8} />
    );
  }
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
