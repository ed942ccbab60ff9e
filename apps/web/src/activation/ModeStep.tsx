import { useState } from "react";
import { useText } from "../intl/messages.ts";
import { Button } from "../ui/Button.tsx";
import { Notice } from "../ui/Notice.tsx";
import { RadioCard, RadioCards } from "../ui/RadioCards.tsx";
import type { ScreenProps } from "./screen.ts";

/** Who is synchronised: everybody, or the people one chooses. */
export function ModeStep({ connection, onGo }: ScreenProps) {
  const text = useText();
  const [mode, setMode] = useState<string | null>(connection.fullAllowed ? "full" : null);
  return (
    <>
      <RadioCards label={text("wizard.title.mode")} value={mode} onChange={setMode}>
        <RadioCard
          value="full"
          title={text("mode.full")}
          disabledReason={connection.fullAllowed ? undefined : text("mode.full.notAllowed")}
        >
          {text("mode.full.effect")}
        </RadioCard>
        <RadioCard
          value="selective"
          title={text("mode.selective")}
          disabledReason={text("mode.selective.later")}
        >
          {text("mode.selective.effect")}
        </RadioCard>
      </RadioCards>
      {!connection.fullAllowed && (
        <Notice tone="warning" title={text("mode.none.title")}>
          <p>{text("mode.none.body")}</p>
        </Notice>
      )}
      <div className="flex justify-end">
        <Button look="primary" isDisabled={mode === null} onPress={() => onGo("review")}>
          {text("wizard.next")}
        </Button>
      </div>
    </>
  );
}
