import type { Connection } from "@payflip/contract/connection.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { call } from "../api/call.ts";
import { invalidate } from "../api/endpoint-query.ts";
import { useText } from "../intl/messages.ts";
import { Button } from "../ui/Button.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { announce } from "../ui/Toasts.tsx";

/** Starts a sync. The server may answer the one that is running already, so the button is never disabled. */
export function SyncNow({ connection }: { readonly connection: Connection }) {
  const text = useText();
  const queryClient = useQueryClient();
  const { entityId } = connection;
  const sync = useMutation({
    mutationFn: () => call("startSync", { params: { id: entityId } }),
    onSuccess: ({ alreadyRunning }) => {
      if (alreadyRunning) announce(text("sync.joined"));
      return invalidate(queryClient, ["readConnection", "listSyncs"], { id: entityId });
    },
  });
  return (
    <>
      <Button look="primary" isPending={sync.isPending} onPress={() => sync.mutate()}>
        {!sync.isPending && <RefreshCw className="size-4" aria-hidden />}
        {text("sync.now")}
      </Button>
      {sync.isError && <ProblemNotice error={sync.error} className="basis-full" />}
    </>
  );
}
