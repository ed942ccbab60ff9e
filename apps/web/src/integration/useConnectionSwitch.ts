import type { ConnectionState } from "@payflip/contract/connection.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "../api/client.ts";
import { useText } from "../intl/messages.ts";
import { announce } from "../ui/Toasts.tsx";

/** Switches the integration of an entity on or off, and says what came of it: whoever switches on may find it paused still. */
export function useConnectionSwitch(entityId: string, change: "enable" | "disable") {
  const text = useText();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () =>
      request<{ state: ConnectionState }>("POST", `/entities/${entityId}/liantis/${change}`, {}),
    onSuccess: async ({ state }) => {
      if (state === "paused") announce(text("connection.paused.title"));
      else announce(text(change === "enable" ? "enable.done" : "disable.done"));
      await queryClient.invalidateQueries();
    },
  });
}
