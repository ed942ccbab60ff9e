import type { Run } from "@payflip/contract/syncs.ts";
import { useQuery } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";
import { useState } from "react";
import { everyPageQuery } from "../api/every-page.ts";
import { changesQuery } from "../api/queries.ts";
import { useText } from "../intl/messages.ts";
import { Button } from "../ui/Button.tsx";
import { CheckboxInput } from "../ui/fields/CheckboxInput.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { RadioCard, RadioCards } from "../ui/fields/RadioCards.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { changedPeople } from "./changed-people.ts";
import { UndoResult } from "./UndoResult.tsx";
import { useUndo } from "./useUndo.ts";

/** Undoes a run, for everyone or for some people. */
export function UndoRun({ run }: { readonly run: Run }) {
  const text = useText();
  const [isOpen, setOpen] = useState(false);
  const { data: changes } = useQuery(changesQuery(run.id));
  if (changes === undefined || changes.total === 0) return null;
  return (
    <>
      <Button onPress={() => setOpen(true)}>
        <Undo2 className="size-4" aria-hidden />
        {text("undo.action")}
      </Button>
      {isOpen && <UndoDialog runId={run.id} onClose={() => setOpen(false)} />}
    </>
  );
}

function UndoDialog({ runId, onClose }: { readonly runId: string; readonly onClose: () => void }) {
  const text = useText();
  const { data, error } = useQuery(everyPageQuery("listChanges", { params: { id: runId } }));
  const people = changedPeople(data ?? []);
  const [scope, setScope] = useState<"everybody" | "some">("everybody");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const undo = useUndo(runId);
  if (undo.isSuccess) return <UndoResult result={undo.data} onClose={onClose} />;
  const count = scope === "everybody" ? people.length : chosen.length;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      role="alertdialog"
      title={text("undo.title")}
      actions={
        <>
          <Button onPress={onClose}>{text("action.cancel")}</Button>
          <Button
            look="danger"
            isDisabled={count === 0}
            isPending={undo.isPending}
            onPress={() => undo.mutate(scope === "everybody" ? undefined : chosen)}
          >
            {text("undo.confirm", { count })}
          </Button>
        </>
      }
    >
      <p className="text-sm">{text("undo.effect")}</p>
      {error && <ProblemNotice error={error} />}
      {data === undefined && !error && <Skeleton className="h-20" />}
      {people.length > 0 && (
        <RadioCards
          label={text("undo.who")}
          value={scope}
          onChange={(value) => setScope(value === "some" ? "some" : "everybody")}
        >
          <RadioCard value="everybody" title={text("undo.everybody")}>
            {text("undo.everybody.effect", { count: people.length })}
          </RadioCard>
          <RadioCard value="some" title={text("undo.some")}>
            {text("undo.some.effect")}
          </RadioCard>
        </RadioCards>
      )}
      {scope === "some" && (
        <ul aria-label={text("undo.who")} className="space-y-1.5">
          {people.map(({ employeeId, employeeName }) => (
            <li key={employeeId}>
              <CheckboxInput
                isSelected={chosen.includes(employeeId)}
                onChange={(isChosen) =>
                  setChosen(isChosen ? [...chosen, employeeId] : chosen.filter((id) => id !== employeeId))
                }
              >
                {employeeName}
              </CheckboxInput>
            </li>
          ))}
        </ul>
      )}
      {undo.isError && <ProblemNotice error={undo.error} />}
    </Dialog>
  );
}
