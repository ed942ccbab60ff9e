import type { Connection } from "@payflip/contract/connection.ts";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useSearch } from "@tanstack/react-router";
import { useEntity, useIsAdmin } from "../access/session.ts";
import { connectionQuery } from "../api/queries.ts";
import { useText } from "../intl/messages.ts";
import { paths } from "../paths.ts";
import { NotFoundPage } from "../ui/NotFoundPage.tsx";
import { SyncNow } from "../runs/SyncNow.tsx";
import { Breadcrumb, PageHeader } from "../ui/Page.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { SkeletonBlock } from "../ui/Skeleton.tsx";
import { TabLink, Tabs } from "../ui/Tabs.tsx";
import { isSetUp } from "./connection-state.ts";
import { EntitySwitcher } from "../access/EntitySwitcher.tsx";
import { StateChip } from "./StateChip.tsx";

/** The pages of an entity's integration: heading, tabs and the page of the tab. */
export function LiantisLayout() {
  const text = useText();
  const isAdmin = useIsAdmin();
  const { entity: asked } = useSearch({ from: "/account/settings/integrations/liantis" });
  const entity = useEntity(asked);
  const { data: connection, error } = useQuery({
    ...connectionQuery(entity?.id ?? ""),
    enabled: entity !== undefined,
  });
  if (entity === undefined) return <NotFoundPage />;
  return (
    <>
      <PageHeader
        title="Liantis"
        breadcrumb={
          <Breadcrumb>
            {[
              text("settings.title"),
              <Link key="integrations" to={paths.integrations} className="link">
                {text("integrations.title")}
              </Link>,
              "Liantis",
            ]}
          </Breadcrumb>
        }
        chip={connection && <StateChip connection={connection} />}
        actions={
          <>
            <EntitySwitcher entityId={entity.id} />
            {isAdmin && connection?.state === "active" && <SyncNow key={entity.id} connection={connection} />}
          </>
        }
      />
      {error && !connection && <ProblemNotice error={error} />}
      {!connection && !error && <SkeletonBlock label={text("state.loading")} lines={6} />}
      {connection && (
        <>
          {isSetUp(connection) && <Sections connection={connection} />}
          <Outlet />
        </>
      )}
    </>
  );
}

function Sections({ connection }: { readonly connection: Connection }) {
  const text = useText();
  const isAdmin = useIsAdmin();
  const { counts, openHolds, mode } = connection;
  const common = { search: { entity: connection.entityId }, activeOptions: { includeSearch: false } };
  return (
    <Tabs label={text("integration.sections")}>
      <TabLink {...common} to={paths.liantis} activeOptions={{ exact: true, includeSearch: false }}>
        {text("integration.overview")}
      </TabLink>
      {isAdmin && mode === "selective" && (
        <TabLink {...common} to={paths.choices}>
          {text("choices.tab", { count: counts.waiting })}
        </TabLink>
      )}
      {isAdmin && (
        <TabLink {...common} to={paths.tasks}>
          {text("tasks.tab", { count: counts.tasks })}
        </TabLink>
      )}
      <TabLink {...common} to={paths.holds}>
        {text("holds.tab", { count: openHolds.length })}
      </TabLink>
      <TabLink {...common} to={paths.issues}>
        {text("issues.tab", { count: counts.issues })}
      </TabLink>
      {isAdmin && (
        <TabLink {...common} to={paths.links}>
          {text("links.title")}
        </TabLink>
      )}
      <TabLink {...common} to={paths.history}>
        {text("history.title")}
      </TabLink>
    </Tabs>
  );
}
