import type { Run } from "@payflip/contract/syncs.ts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { addressOfCall } from "../api/call.ts";
import { invalidate } from "../api/endpoint-query.ts";
import { isOver, runQuery } from "../api/queries.ts";
import { shownByRuns } from "../api/shown-by-runs.ts";

/** A run that is kept up to date: by events of the server, or by polling where events do not work. */
export function useLiveRun(runId: string) {
  const queryClient = useQueryClient();
  const [isLive, setLive] = useState(false);
  const ordinary = runQuery(runId);
  const result = useQuery(isLive ? { ...ordinary, refetchInterval: false } : ordinary);
  const over = result.data !== undefined && isOver(result.data);
  const isKnown = result.data !== undefined;

  useEffect(() => {
    if (!isKnown || over) return;
    const events = new EventSource(addressOfCall("followSync", { params: { id: runId } }));
    const receive = (event: MessageEvent<string>) => {
      queryClient.setQueryData(runQuery(runId).queryKey, JSON.parse(event.data) as Run);
    };
    events.addEventListener("open", () => setLive(true));
    events.addEventListener("error", () => setLive(false));
    events.addEventListener("message", receive);
    events.addEventListener("run", receive);
    return () => events.close();
  }, [runId, isKnown, over, queryClient]);

  useEffect(() => {
    if (!over) return;
    void invalidate(queryClient, shownByRuns);
  }, [over, queryClient]);

  return result;
}
