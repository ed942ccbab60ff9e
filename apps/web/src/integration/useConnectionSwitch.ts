import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "../api/call.ts";
import { invalidate } from "../api/endpoint-query.ts";
import { shownByRuns } from "../api/shown-by-runs.ts";
import { useText } from "../intl/messages.ts";
import { announce } from "../ui/Toasts.tsx";

const switches = { enable: "enableConnection", disable: "disableConnection" } as const;

/** Enables or disables the integration and announces the result: an enabled connection may still be paused. */
export function useConnectionSwitch(entityId: string, change: "enable" | "disable") {
  const text = useText();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => call(switches[change], { params: { id: entityId } }),
    onSuccess: async ({ state }) => {
      if (state === "paused") announce(text("connection.paused.title"));
      else announce(text(change === "enable" ? "enable.done" : "disable.done"));
      await invalidate(queryClient, shownByRuns);
    },
  });
}
