import type { Mode } from "@payflip/contract/connection.ts";
import { useState } from "react";
import { ModeCards } from "../integration/ModeCards.tsx";
import { useText } from "../intl/messages.ts";
import { useStartPreview } from "../previews/usePreviews.ts";
import { Button } from "../ui/Button.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import type { ScreenProps } from "./screen.ts";

/** Chooses the sync method. */
export function ModeStep({ connection, entity, onGo }: ScreenProps) {
  const text = useText();
  const [mode, setMode] = useState<Mode>(connection.fullAllowed ? "full" : "selective");
  const start = useStartPreview(entity.id);
  const next = () => {
    if (mode === "selective") return onGo("picker");
    start.mutate({ mode }, { onSuccess: ({ previewId }) => onGo("review", previewId) });
  };
  return (
    <>
      <ModeCards mode={mode} onMode={setMode} fullAllowed={connection.fullAllowed} />
      {start.isError && <ProblemNotice error={start.error} />}
      <div className="flex justify-end">
        <Button look="primary" isPending={start.isPending} onPress={next}>
          {text("wizard.next")}
        </Button>
      </div>
    </>
  );
}
