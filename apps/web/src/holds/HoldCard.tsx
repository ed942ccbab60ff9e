import type { Hold } from "@payflip/contract/holds.ts";
import { Link } from "@tanstack/react-router";
import { Hand } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useIsAdmin } from "../access/session.ts";
import { useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";
import { paths } from "../paths.ts";
import { PlannedChanges } from "../changes/PlannedChanges.tsx";
import { Button } from "../ui/Button.tsx";
import { Chip } from "../ui/Chip.tsx";
import { HeldPeople } from "./HeldPeople.tsx";
import { type Decision, HoldDecisionDialog, isRunHold } from "./HoldDecisionDialog.tsx";
import { SeeHoldPreview } from "./SeeHoldPreview.tsx";

interface HoldCardProps {
  readonly hold: Hold;
  readonly entityId: string;
  /** A tick box before the heading, where several holds can be decided at once. */
  readonly tick?: ReactNode;
}

/** A hold with its reasons; an admin accepts or rejects it. */
export function HoldCard({ hold, entityId, tick }: HoldCardProps) {
  const text = useText();
  const formats = useFormats();
  const isAdmin = useIsAdmin();
  const [asked, setAsked] = useState<Decision>();
  const isWholeRun = isRunHold(hold);
  return (
    <section aria-labelledby={`hold-${hold.id}`} className="card border-warning-ink/40 p-5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <div className="flex min-w-0 items-start gap-2.5">
          {tick}
          <h2 id={`hold-${hold.id}`} className="flex min-w-0 items-start gap-2 font-semibold">
            <Hand className="mt-0.5 size-4.5 shrink-0 text-warning-ink" aria-hidden />
            {text(`hold.kind.${hold.kind}`, { name: hold.employeeName ?? text("hold.unnamed") })}
          </h2>
        </div>
        {hold.status !== "open" && <Chip>{text(`hold.status.${hold.status}`)}</Chip>}
        <span className="text-sm text-quiet">
          {text("hold.since", { when: formats.inWords(hold.createdAt) })}
        </span>
      </div>
      <HoldLinks hold={hold} entityId={entityId} />
      <ul className="mt-3 max-w-prose space-y-1.5 text-sm">
        {hold.reasons.map((reason) => (
          <li key={`${reason.code} ${reason.text}`}>{reason.text}</li>
        ))}
      </ul>
      {hold.status === "rejected" && isWholeRun && (
        <p className="mt-3 max-w-prose text-sm text-quiet">{text("hold.rejected.again")}</p>
      )}
      <HeldPeople hold={hold} />
      {hold.changes.length > 0 && (
        <div className="mt-3 rounded-lg bg-sunken px-3.5 py-2.5 text-sm">
          <h3 className="mb-1 font-medium">{text("hold.changes")}</h3>
          <PlannedChanges changes={hold.changes} />
        </div>
      )}
      {isAdmin && (hold.status === "open" || isRejectedOfPerson(hold)) && (
        <div className="mt-4 flex flex-wrap gap-2">
          <Button
            look={hold.status === "open" ? "primary" : "secondary"}
            onPress={() => setAsked("acceptance")}
          >
            {text("hold.accept")}
          </Button>
          {hold.status === "open" && (
            <Button onPress={() => setAsked("rejection")}>{text("hold.reject")}</Button>
          )}
          {isWholeRun && <SeeHoldPreview holdId={hold.id} entityId={entityId} />}
        </div>
      )}
      <HoldDecisionDialog
        holds={[hold]}
        entityId={entityId}
        decision={asked}
        onClose={() => setAsked(undefined)}
      />
    </section>
  );
}

/** A rejected hold of one person can still be accepted. */
function isRejectedOfPerson({ status, employeeId }: Hold): boolean {
  return status === "rejected" && employeeId !== null;
}

/** Links to the person and to the run. */
function HoldLinks({ hold, entityId }: Pick<HoldCardProps, "hold" | "entityId">) {
  const text = useText();
  return (
    <p className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {hold.employeeId !== null && hold.employeeName !== null && (
        <Link to={paths.personLiantis} params={{ employeeId: hold.employeeId }} className="link">
          {hold.employeeName}
        </Link>
      )}
      {hold.employeeNumber !== null && (
        <span className="text-quiet">{text("issues.number", { number: hold.employeeNumber })}</span>
      )}
      <Link to={paths.run} params={{ runId: hold.runId }} search={{ entity: entityId }} className="link">
        {text("hold.run")}
      </Link>
    </p>
  );
}
