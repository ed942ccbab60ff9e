import type { Explanation } from "@payflip/contract/explanation.ts";
import { Undo2 } from "lucide-react";
import { useState } from "react";
import { useIsAdmin } from "../access/session.ts";
import { useText } from "../intl/messages.ts";
import { BeforeAfter } from "../changes/BeforeAfter.tsx";
import { UndoResult } from "../undo/UndoResult.tsx";
import { useChangeText } from "../changes/useChangeText.ts";
import { useUndo } from "../undo/useUndo.ts";
import { Button } from "../ui/Button.tsx";
import { Chip } from "../ui/Chip.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Section } from "../ui/Page.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";

interface PersonChangesProps {
  readonly explanation: Explanation;
  readonly name: string;
}

/** What the last run changed for this person, and the button that undoes it. */
export function PersonChanges({ explanation: { changes, runId, employeeId }, name }: PersonChangesProps) {
  const text = useText();
  const say = useChangeText();
  const isAdmin = useIsAdmin();
  const [isAsked, setAsked] = useState(false);
  const canUndo = isAdmin && runId !== null && changes.some(({ revertedAt }) => revertedAt === null);
  return (
    <Section id="last-changes" title={text("explain.changes")}>
      {changes.length === 0 ? (
        <p className="text-sm text-quiet">{text("explain.changes.none")}</p>
      ) : (
        <dl className="divide-y divide-line text-sm">
          {changes.map((change) => (
            <div
              key={change.id}
              className="grid gap-x-4 py-2 first:pt-0 sm:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]"
            >
              <dt className="text-quiet">{say.field(change)}</dt>
              <dd className="flex flex-wrap items-center gap-x-3">
                <BeforeAfter before={say.before(change)} after={say.after(change)} />
                {change.revertedAt !== null && <Chip>{text("changes.reverted")}</Chip>}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {canUndo && (
        <Button className="mt-4" onPress={() => setAsked(true)}>
          <Undo2 className="size-4" aria-hidden />
          {text("undo.person.action")}
        </Button>
      )}
      {isAsked && runId !== null && (
        <UndoPerson runId={runId} employeeId={employeeId} name={name} onClose={() => setAsked(false)} />
      )}
    </Section>
  );
}

interface UndoPersonProps {
  readonly runId: string;
  readonly employeeId: string;
  readonly name: string;
  readonly onClose: () => void;
}

function UndoPerson({ runId, employeeId, name, onClose }: UndoPersonProps) {
  const text = useText();
  const undo = useUndo(runId);
  if (undo.isSuccess) return <UndoResult result={undo.data} onClose={onClose} />;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      role="alertdialog"
      title={text("undo.title.person", { name })}
      actions={
        <>
          <Button onPress={onClose}>{text("action.cancel")}</Button>
          <Button look="danger" isPending={undo.isPending} onPress={() => undo.mutate([employeeId])}>
            {text("undo.confirm", { count: 1 })}
          </Button>
        </>
      }
    >
      <p className="text-sm">{text("undo.effect")}</p>
      {undo.isError && <ProblemNotice error={undo.error} />}
    </Dialog>
  );
}
