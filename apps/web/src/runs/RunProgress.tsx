import type { Run } from "@payflip/contract/syncs.ts";
import { Check } from "lucide-react";
import { useState } from "react";
import { isOver } from "../api/queries.ts";
import { type Text, useText } from "../intl/messages.ts";
import { classes } from "../ui/classes.ts";
import { ProgressLine } from "../ui/ProgressLine.tsx";
import { Spinner } from "../ui/Spinner.tsx";
import { type Milestone, milestone, phases } from "./run-progress.ts";
import { VerdictChip } from "./VerdictChip.tsx";

/** The progress of a run. It is read aloud at the start, at each quarter and at the end only. */
export function RunProgress({ run }: { readonly run: Run }) {
  const text = useText();
  const over = isOver(run);
  const { phase, done, total } = run.progress;
  const label =
    run.status === "queued"
      ? text("progress.queued")
      : total === null
        ? text("progress.processed", { done })
        : text("progress.processedOf", { done, total });
  return (
    <div className="space-y-3">
      {over ? (
        <p className="flex flex-wrap items-center gap-2">
          {text("progress.over")} <VerdictChip run={run} />
        </p>
      ) : (
        <>
          <ProgressLine label={label} done={done} total={run.status === "queued" ? null : total} />
          <ol className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
            {phases.map((candidate, index) => (
              <Phase
                key={candidate}
                label={text(`run.phase.${candidate}`)}
                isCurrent={candidate === phase}
                isDone={phase !== null && index < phases.indexOf(phase)}
              />
            ))}
          </ol>
        </>
      )}
      <Announcement run={run} />
    </div>
  );
}

interface PhaseProps {
  readonly label: string;
  readonly isCurrent: boolean;
  readonly isDone: boolean;
}

function Phase({ label, isCurrent, isDone }: PhaseProps) {
  return (
    <li
      aria-current={isCurrent ? "step" : undefined}
      className={classes("flex items-center gap-1.5", isCurrent ? "font-medium" : "text-quiet")}
    >
      {isDone ? <Check className="size-4 text-accent-ink" aria-hidden /> : isCurrent && <Spinner />}
      {label}
    </li>
  );
}

function Announcement({ run }: { readonly run: Run }) {
  const text = useText();
  const [announced, setAnnounced] = useState("");
  const now = sayMilestone(text, milestone(run));
  if (now !== "" && now !== announced) setAnnounced(now);
  return <output className="sr-only">{announced}</output>;
}

function sayMilestone(text: Text, reached: Milestone): string {
  switch (reached.kind) {
    case "started":
      return text("progress.say.started");
    case "reached":
      return text("progress.say.reached", {
        phase: text(`run.phase.${reached.phase}`),
        percent: reached.percent,
      });
    case "over":
      return text("progress.say.over");
    case "none":
      return "";
  }
}
