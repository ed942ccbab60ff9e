import { useQueries } from "@tanstack/react-query";
import { useRouterState } from "@tanstack/react-router";
import { Building2, CircleAlert, Plug, Users, Waypoints } from "lucide-react";
import { homeOf, useSession } from "../access/session.ts";
import { connectionQuery } from "../api/queries.ts";
import { useText } from "../intl/messages.ts";
import { paths } from "../paths.ts";
import { NavigationLink } from "./NavigationLink.tsx";

/** More entities than this are counted on their own pages only. */
const countedEntitiesMax = 12;

export function Navigation() {
  const text = useText();
  const { role } = useSession();
  const isStaff = homeOf(role) === paths.customers;
  if (role === "employee") return null;
  return (
    <nav aria-label={text("layout.navigation")} className="space-y-5 text-sm">
      {isStaff ? (
        <ul className="space-y-0.5">
          <li>
            <NavigationLink to={paths.customers} icon={Waypoints}>
              {text("customers.title")}
            </NavigationLink>
          </li>
        </ul>
      ) : (
        <CustomerItems isAdmin={role === "admin"} />
      )}
    </nav>
  );
}

function CustomerItems({ isAdmin }: { readonly isAdmin: boolean }) {
  const text = useText();
  // The issues lie under the integration; only the nearer of the two items is the current one.
  const isOnIssues = useRouterState({ select: (state) => state.location.pathname === paths.issues });
  return (
    <>
      <ul className="space-y-0.5">
        <li>
          <NavigationLink to={paths.users} icon={Users} activeOptions={{ includeSearch: false }}>
            {text("users.title")}
          </NavigationLink>
        </li>
        <IssuesItem />
      </ul>
      <div>
        <p className="px-2 pb-1.5 text-xs font-medium text-quiet">{text("settings.title")}</p>
        <ul className="space-y-0.5">
          {isAdmin && (
            <li>
              <NavigationLink to={paths.company} icon={Building2} activeOptions={{ includeSearch: false }}>
                {text("company.title")}
              </NavigationLink>
            </li>
          )}
          <li>
            <NavigationLink to={paths.integrations} icon={Plug} activeOptions={{ exact: isOnIssues }}>
              {text("integrations.title")}
            </NavigationLink>
          </li>
        </ul>
      </div>
    </>
  );
}

function IssuesItem() {
  const text = useText();
  const { total, entity } = useIssueCount();
  return (
    <li>
      <NavigationLink
        to={paths.issues}
        search={entity === undefined ? {} : { entity }}
        activeOptions={{ includeSearch: false }}
        icon={CircleAlert}
      >
        {text("issues.title")}
        {total > 0 && (
          <span className="ml-auto rounded-full bg-warning-soft px-1.5 text-xs font-semibold text-warning-ink">
            <span aria-hidden>{total}</span>
            <span className="sr-only">{text("issues.count", { count: total })}</span>
          </span>
        )}
      </NavigationLink>
    </li>
  );
}

/** Open issues of all entities, and the entity that has most of them. */
function useIssueCount(): { total: number; entity: string | undefined } {
  const { entities } = useSession();
  return useQueries({
    queries: entities.slice(0, countedEntitiesMax).map(({ id }) => connectionQuery(id)),
    combine: (results) => {
      let total = 0;
      let most = { count: 0, entity: entities[0]?.id };
      for (const { data } of results) {
        if (data === undefined) continue;
        total += data.counts.issues;
        if (data.counts.issues > most.count) most = { count: data.counts.issues, entity: data.entityId };
      }
      return { total, entity: most.entity };
    },
  });
}
