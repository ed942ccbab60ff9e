import type { Candidate, Choices } from "@payflip/contract/candidates.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "../api/call.ts";
import { invalidate } from "../api/endpoint-query.ts";
import { shownByRuns } from "../api/shown-by-runs.ts";
import { useText } from "../intl/messages.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { announce } from "../ui/Toasts.tsx";
import { candidateName } from "../previews/useKnownWorkers.ts";

export type ChoiceVerb = keyof Choices;

const namedMax = 8;

interface ChoiceDialogProps {
  readonly verb: ChoiceVerb;
  readonly people: readonly Candidate[];
  readonly entityId: string;
  readonly onClose: () => void;
  readonly onChosen: (runId: string | null) => void;
}

/** Confirms a choice: the people and the effect. */
export function ChoiceDialog({ verb, people, entityId, onClose, onChosen }: ChoiceDialogProps) {
  const text = useText();
  const queryClient = useQueryClient();
  const choose = useMutation({
    mutationFn: () =>
      call("makeChoices", {
        params: { id: entityId },
        body: { [verb]: people.map(({ workerId }) => workerId) },
      }),
    onSuccess: async ({ runId }) => {
      announce(text(`choices.done.${verb}`, { count: people.length }));
      onChosen(runId);
      await invalidate(queryClient, shownByRuns);
    },
  });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      role="alertdialog"
      title={text(`choices.${verb}.title`, { count: people.length })}
      actions={
        <>
          <Button onPress={onClose}>{text("action.cancel")}</Button>
          <Button look="primary" isPending={choose.isPending} onPress={() => choose.mutate()}>
            {text(`choices.do.${verb}`)}
          </Button>
        </>
      }
    >
      <ul className="text-sm">
        {people.slice(0, namedMax).map((person) => (
          <li key={person.workerId}>{candidateName(person) ?? person.workerId}</li>
        ))}
        {people.length > namedMax && <li className="text-quiet">+ {people.length - namedMax}</li>}
      </ul>
      <p>{text(`choices.${verb}.effect`, { count: people.length })}</p>
      {choose.isError && <ProblemNotice error={choose.error} />}
    </Dialog>
  );
}
