import type { ListedEntity } from "@payflip/contract/entities.ts";
import { paths } from "../paths.ts";

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
