import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { connectionQuery } from "../api/queries.ts";
import { useText } from "../intl/messages.ts";
import { paths } from "../paths.ts";
import { useStartPreview } from "../previews/usePreviews.ts";
import { Button } from "../ui/Button.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";

interface SeeHoldPreviewProps {
  readonly holdId: string;
  readonly entityId: string;
}

/** Starts the preview of a held run, in the sync method of the connection. */
export function SeeHoldPreview({ holdId, entityId }: SeeHoldPreviewProps) {
  const text = useText();
  const navigate = useNavigate();
  const start = useStartPreview(entityId);
  const { data: connection } = useQuery(connectionQuery(entityId));
  if (connection?.state !== "active" || connection.mode === null) return null;
  const { mode } = connection;
  const see = () =>
    start.mutate(
      { mode },
      {
        onSuccess: ({ previewId }) =>
          void navigate({
            to: paths.holds,
            search: { entity: entityId, hold: holdId, preview: previewId },
          }),
      },
    );
  return (
    <>
      <Button isPending={start.isPending} onPress={see}>
        {text("hold.preview")}
      </Button>
      {start.isError && <ProblemNotice error={start.error} className="basis-full" />}
    </>
  );
}
