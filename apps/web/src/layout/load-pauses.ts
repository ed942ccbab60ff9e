import type { Session } from "@payflip/contract/session.ts";
import type { QueryClient } from "@tanstack/react-query";
import { entitiesQuery } from "../api/queries.ts";

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
