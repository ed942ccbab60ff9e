import type { ListedEntity } from "@payflip/contract/entities.ts";
import type { Session } from "@payflip/contract/session.ts";
import type { QueryClient } from "@tanstack/react-query";
import { entitiesQuery } from "../api/queries.ts";
import { paths } from "../paths.ts";

/** Loads the pauses before the first page is drawn, so that the banner moves nothing later. A failure does not stop the page. */
export async function loadPauses({
  queryClient,
  session,
}: {
  readonly queryClient: QueryClient;
  readonly session: Session;
}): Promise<void> {
  if (session.role !== "admin") return;
  await queryClient.ensureQueryData(entitiesQuery).catch(() => undefined);
}

/**
 * The entities whose connection is paused, without the one that the page itself is about.
 *
 * @param page.entityId the entity that the page is about, where it is about one
 */
export function pausedElsewhere(
  entities: readonly ListedEntity[],
  page: { readonly pathname: string; readonly entityId: string | undefined },
): ListedEntity[] {
  const path = page.pathname.replace(/\/$/, "");
  const hasWayOut = path === paths.liantis || path === paths.activate;
  return entities.filter(
    ({ id, pausedReason }) => pausedReason !== null && !(hasWayOut && id === page.entityId),
  );
}
