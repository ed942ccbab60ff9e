import type { Hold } from "@payflip/contract/holds.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "../api/call.ts";
import { invalidate } from "../api/endpoint-query.ts";
import { shownByRuns } from "../api/shown-by-runs.ts";
import { useText } from "../intl/messages.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { announce } from "../ui/Toasts.tsx";

export type Decision = "acceptance" | "rejection";

interface HoldDecisionDialogProps {
  readonly holds: readonly Hold[];
  readonly entityId: string;
  /** Undefined while the dialog is closed. */
  readonly decision: Decision | undefined;
  readonly onClose: () => void;
  readonly onDecided?: () => void;
}

/** Whether a whole run is on hold, not the changes of one person. */
export function isRunHold({ kind }: Pick<Hold, "kind">): boolean {
  return kind === "source_looks_wrong";
}

/** Confirms the decision about one hold or several. */
export function HoldDecisionDialog(props: HoldDecisionDialogProps) {
  const { holds, decision, onClose } = props;
  const text = useText();
  const decide = useDecision(props);
  const verb = decision === "rejection" ? "reject" : "accept";
  const close = () => {
    decide.reset();
    onClose();
  };
  const isAboutPeople = !holds.some(isRunHold);
  const effect =
    verb === "reject" && isAboutPeople ? text("hold.reject.effect.person") : text(`hold.${verb}.effect`);
  return (
    <Dialog
      role="alertdialog"
      isOpen={decision !== undefined}
      onClose={close}
      title={
        holds.length === 1
          ? text(`hold.${verb}.title`)
          : text(`hold.${verb}.several.title`, { count: holds.length })
      }
      actions={
        <>
          <Button onPress={close}>{text("action.cancel")}</Button>
          <Button
            look="primary"
            isPending={decide.isPending}
            onPress={() => decision && decide.mutate(decision)}
          >
            {text(`hold.${verb}`)}
          </Button>
        </>
      }
    >
      <ul className="space-y-1">
        {holds.map((hold) => (
          <li key={hold.id}>
            {hold.employeeName !== null && <span className="font-medium">{hold.employeeName}: </span>}
            {hold.reasons.map((reason) => reason.text).join(" ")}
          </li>
        ))}
      </ul>
      <p className="text-quiet">{effect}</p>
      {decide.isError && <ProblemNotice error={decide.error} />}
    </Dialog>
  );
}

const decisions = { acceptance: "acceptHold", rejection: "rejectHold" } as const;

/** Sends the decisions one after the other and stops at the first that fails. */
function useDecision({ holds, onClose, onDecided }: HoldDecisionDialogProps) {
  const text = useText();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (made: Decision) => {
      for (const hold of holds) await call(decisions[made], { params: { id: hold.id } });
    },
    onSuccess: (_answer, made) => {
      onClose();
      onDecided?.();
      const rejected = holds.some(isRunHold) ? "hold.rejected.run" : "hold.rejected";
      announce(text(made === "acceptance" ? "hold.accepted" : rejected));
    },
    onSettled: () => invalidate(queryClient, shownByRuns),
  });
}
