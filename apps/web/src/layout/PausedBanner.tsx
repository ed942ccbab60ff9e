import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CirclePause } from "lucide-react";
import { useIsAdmin } from "../access/session.ts";
import { entitiesQuery } from "../api/queries.ts";
import { pausedReasonShort } from "../integration/connection-state.ts";
import { useText } from "../intl/messages.ts";
import { paths } from "../paths.ts";
import { pausedElsewhere } from "./paused-entities.ts";
import { useShownPage } from "./useShownPage.ts";

/** Shows admins on every page that a connection is paused, why, and where to resume it. */
export function PausedBanner() {
  const isAdmin = useIsAdmin();
  return <output className="block">{isAdmin && <Paused />}</output>;
}

function Paused() {
  const text = useText();
  const { data: entities = [] } = useQuery(entitiesQuery);
  const [first, ...others] = pausedElsewhere(entities, useShownPage());
  if (first === undefined) return null;
  return (
    <span className="flex flex-wrap items-center justify-center gap-x-3 gap-y-1 bg-danger-soft px-4 py-2 text-sm text-danger-ink">
      <span className="flex min-w-0 items-start gap-2">
        <CirclePause className="mt-0.5 size-4 shrink-0" aria-hidden />
        <span className="min-w-0 break-words">
          {others.length === 0
            ? text("pausedBanner.one", {
                entity: first.name,
                reason: text(pausedReasonShort(first.pausedReason)),
              })
            : text("pausedBanner.many", { count: others.length + 1 })}
        </span>
      </span>
      {others.length === 0 ? (
        <Link to={paths.liantis} search={{ entity: first.id }} className="link font-medium">
          {text("pausedBanner.reconnect")}
        </Link>
      ) : (
        <Link to={paths.integrations} className="link font-medium">
          {text("pausedBanner.seeAll")}
        </Link>
      )}
    </span>
  );
}
