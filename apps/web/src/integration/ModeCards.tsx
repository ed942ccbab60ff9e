import type { Mode } from "@payflip/contract/connection.ts";
import { useText } from "../intl/messages.ts";
import { RadioCard, RadioCards } from "../ui/fields/RadioCards.tsx";

interface ModeCardsProps {
  readonly mode: Mode;
  readonly onMode: (mode: Mode) => void;
  readonly fullAllowed: boolean;
}

/** The two sync methods, each with its effect. */
export function ModeCards({ mode, onMode, fullAllowed }: ModeCardsProps) {
  const text = useText();
  return (
    <RadioCards
      label={text("wizard.title.mode")}
      value={mode}
      onChange={(value) => onMode(value === "selective" ? "selective" : "full")}
    >
      <RadioCard
        value="full"
        title={text("mode.full")}
        disabledReason={fullAllowed ? undefined : text("mode.full.notAllowed")}
      >
        {text("mode.full.effect")}
      </RadioCard>
      <RadioCard value="selective" title={text("mode.selective")}>
        {text("mode.selective.effect")}
      </RadioCard>
    </RadioCards>
  );
}
