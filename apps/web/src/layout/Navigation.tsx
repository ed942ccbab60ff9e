import type { Connection } from "@payflip/contract/connection.ts";
import { useQueries } from "@tanstack/react-query";
import { useRouterState } from "@tanstack/react-router";
import {
  ArrowLeftRight,
  Building2,
  CircleAlert,
  Hand,
  KeyRound,
  ListTodo,
  type LucideIcon,
  Plug,
  RadioTower,
  UserCog,
  Users,
  Waypoints,
} from "lucide-react";
import { useSession } from "../access/session.ts";
import { connectionQuery } from "../api/queries.ts";
import { useText } from "../intl/messages.ts";
import { paths } from "../paths.ts";
import { NavigationLink } from "./NavigationLink.tsx";

/** Issues, tasks and holds of more entities than this are not counted in the navigation. */
const countedEntitiesMax = 12;

const attentionPaths: readonly string[] = [paths.issues, paths.tasks, paths.holds];

export function Navigation() {
  const text = useText();
  const { role } = useSession();
  const isStaff = role === "success_manager" || role === "support";
  if (role === "employee") return null;
  return (
    <nav aria-label={text("layout.navigation")} className="space-y-5 text-sm">
      {isStaff ? (
        <StaffItems isManager={role === "success_manager"} />
      ) : (
        <CustomerItems isAdmin={role === "admin"} />
      )}
    </nav>
  );
}

/** Success managers set customers up; support decides cases; both see all connections. */
function StaffItems({ isManager }: { readonly isManager: boolean }) {
  const text = useText();
  return (
    <ul className="space-y-0.5">
      <li>
        {isManager ? (
          <NavigationLink to={paths.customers} icon={Waypoints}>
            {text("customers.title")}
          </NavigationLink>
        ) : (
          <NavigationLink to={paths.cases} icon={ArrowLeftRight} activeOptions={{ includeSearch: false }}>
            {text("cases.title")}
          </NavigationLink>
        )}
      </li>
      <li>
        <NavigationLink to={paths.fleet} icon={RadioTower} activeOptions={{ includeSearch: false }}>
          {text("fleet.title")}
        </NavigationLink>
      </li>
    </ul>
  );
}

function CustomerItems({ isAdmin }: { readonly isAdmin: boolean }) {
  const text = useText();
  const { entities, roles } = useSession();
  const managesAdmins = roles.some((one) => one.role === "admin" && one.entityIds === null);
  // Issues, tasks and holds have addresses below the integration; only their own item is the current one.
  const isNearer = useRouterState({ select: ({ location }) => attentionPaths.includes(location.pathname) });
  return (
    <>
      <ul className="space-y-0.5">
        <li>
          <NavigationLink to={paths.users} icon={Users} activeOptions={{ includeSearch: false }}>
            {text("users.title")}
          </NavigationLink>
        </li>
        <AttentionItems isAdmin={isAdmin} />
        {isAdmin && entities.length > 1 && (
          <li>
            <NavigationLink to={paths.cases} icon={ArrowLeftRight} activeOptions={{ includeSearch: false }}>
              {text("cases.title")}
            </NavigationLink>
          </li>
        )}
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
          {managesAdmins && (
            <li>
              <NavigationLink to={paths.admins} icon={UserCog} activeOptions={{ includeSearch: false }}>
                {text("admins.title")}
              </NavigationLink>
            </li>
          )}
          {isAdmin && (
            <li>
              <NavigationLink to={paths.apiKeys} icon={KeyRound} activeOptions={{ includeSearch: false }}>
                {text("apiKeys.title")}
              </NavigationLink>
            </li>
          )}
          <li>
            <NavigationLink to={paths.integrations} icon={Plug} activeOptions={{ exact: isNearer }}>
              {text("integrations.title")}
            </NavigationLink>
          </li>
        </ul>
      </div>
    </>
  );
}

/** Issues, tasks and holds, each with its count. */
function AttentionItems({ isAdmin }: { readonly isAdmin: boolean }) {
  const text = useText();
  const { issues, tasks, holds } = useAttention();
  return (
    <>
      <AttentionItem
        path={paths.issues}
        icon={CircleAlert}
        attention={issues}
        countText={text("issues.count", { count: issues.total })}
      >
        {text("issues.title")}
      </AttentionItem>
      {isAdmin && (
        <AttentionItem
          path={paths.tasks}
          icon={ListTodo}
          attention={tasks}
          countText={text("tasks.count", { count: tasks.total })}
        >
          {text("tasks.title")}
        </AttentionItem>
      )}
      <AttentionItem
        path={paths.holds}
        icon={Hand}
        attention={holds}
        countText={text("holds.count", { count: holds.total })}
      >
        {text("holds.title")}
      </AttentionItem>
    </>
  );
}

interface Attention {
  readonly total: number;
  /** The entity that has most of them. */
  readonly entity: string | undefined;
}

interface AttentionItemProps {
  readonly path: typeof paths.issues | typeof paths.tasks | typeof paths.holds;
  readonly icon: LucideIcon;
  readonly attention: Attention;
  readonly countText: string;
  readonly children: string;
}

function AttentionItem({
  path,
  icon,
  attention: { total, entity },
  countText,
  children,
}: AttentionItemProps) {
  return (
    <li>
      <NavigationLink
        to={path}
        search={entity === undefined ? {} : { entity }}
        activeOptions={{ includeSearch: false }}
        icon={icon}
      >
        {children}
        {total > 0 && (
          <span className="ml-auto rounded-full bg-warning-soft px-1.5 text-xs font-semibold text-warning-ink">
            <span aria-hidden>{total}</span>
            <span className="sr-only">{countText}</span>
          </span>
        )}
      </NavigationLink>
    </li>
  );
}

/** Open issues, tasks and holds of all entities. */
function useAttention(): Readonly<Record<"issues" | "tasks" | "holds", Attention>> {
  const { entities } = useSession();
  return useQueries({
    queries: entities.slice(0, countedEntitiesMax).map(({ id }) => connectionQuery(id)),
    combine: (results) => {
      const connections = results.flatMap(({ data }) => (data === undefined ? [] : [data]));
      const count = (countOne: (connection: Connection) => number): Attention => {
        const most = connections.toSorted((a, b) => countOne(b) - countOne(a))[0];
        return {
          total: connections.reduce((total, connection) => total + countOne(connection), 0),
          entity: most === undefined || countOne(most) === 0 ? entities[0]?.id : most.entityId,
        };
      };
      return {
        issues: count(({ counts }) => counts.issues),
        tasks: count(({ counts }) => counts.tasks),
        holds: count(({ openHolds }) => openHolds.length),
      };
    },
  });
}
