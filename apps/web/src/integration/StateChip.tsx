import type { Connection } from "@payflip/contract/connection.ts";
import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  type LucideIcon,
  MailQuestionMark,
  Pause,
  RefreshCw,
} from "lucide-react";
import { useText } from "../intl/messages.ts";
import { Chip } from "../ui/Chip.tsx";
import { type ShownState, shownState, stateTones } from "./connection-state.ts";

const icons: Readonly<Record<ShownState, LucideIcon>> = {
  unavailable: CircleDashed,
  available: CircleDashed,
  consent_requested: MailQuestionMark,
  choosing: CircleAlert,
  active: CircleCheck,
  syncing: RefreshCw,
  held: CircleAlert,
  paused: Pause,
  disabled: Ban,
};

export function StateChip({ connection }: { readonly connection: Connection }) {
  const text = useText();
  const state = shownState(connection);
  return (
    <Chip tone={stateTones[state]} icon={icons[state]}>
      {text(`connection.state.${state}`)}
    </Chip>
  );
}
