import type { Run, RunVerdict } from "@payflip/contract/syncs.ts";
import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleX,
  Clock,
  Hand,
  type LucideIcon,
  RefreshCw,
  Unplug,
} from "lucide-react";
import { useText } from "../intl/messages.ts";
import { Chip, type Tone } from "../ui/Chip.tsx";

const looks: Readonly<Record<RunVerdict, { tone: Tone; icon: LucideIcon }>> = {
  in_order: { tone: "success", icon: CircleCheck },
  needs_attention: { tone: "warning", icon: CircleAlert },
  held: { tone: "warning", icon: Hand },
  incomplete: { tone: "danger", icon: Unplug },
  failed: { tone: "danger", icon: CircleX },
};

/** The verdict of a run, or its status while it has none. */
export function VerdictChip({ run }: { readonly run: Pick<Run, "verdict" | "status"> }) {
  const text = useText();
  if (run.verdict !== null) {
    const { tone, icon } = looks[run.verdict];
    return (
      <Chip tone={tone} icon={icon}>
        {text(`run.verdict.${run.verdict}`)}
      </Chip>
    );
  }
  switch (run.status) {
    case "queued":
      return <Chip icon={Clock}>{text("run.status.queued")}</Chip>;
    case "running":
      return (
        <Chip tone="info" icon={RefreshCw}>
          {text("run.status.running")}
        </Chip>
      );
    case "cancelled":
      return <Chip icon={Ban}>{text("run.status.cancelled")}</Chip>;
    case "finished":
      return <Chip>{text("run.status.finished")}</Chip>;
  }
}
