import type { SupportCase } from "@payflip/contract/cases.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../api/call.ts";
import { invalidate } from "../api/endpoint-query.ts";
import { shownByRuns } from "../api/shown-by-runs.ts";
import { useText } from "../intl/messages.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { TextAreaInput } from "../ui/fields/TextAreaInput.tsx";
import { announce } from "../ui/Toasts.tsx";
import { caseName } from "./case-record.ts";

export type CaseVerb = "confirm" | "decline";

const decisions = { confirm: "confirmCase", decline: "declineCase" } as const;

interface CaseDialogProps {
  readonly item: SupportCase;
  readonly verb: CaseVerb;
  readonly onClose: () => void;
}

export function CaseDialog({ item, verb, onClose }: CaseDialogProps) {
  const text = useText();
  const queryClient = useQueryClient();
  const [reason, setReason] = useState("");
  const decide = useMutation({
    mutationFn: () =>
      call(decisions[verb], {
        params: { id: item.id },
        body: reason.trim() === "" ? {} : { reason: reason.trim() },
      }),
    onSuccess: async () => {
      onClose();
      announce(text(verb === "confirm" ? "cases.confirmed" : "cases.declined"));
      await invalidate(queryClient, shownByRuns);
    },
  });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      role="alertdialog"
      title={text(`cases.${verb}.title`, { name: caseName(item), entity: item.to.entityName })}
      actions={
        <>
          <Button onPress={onClose}>{text("action.cancel")}</Button>
          <Button look="primary" isPending={decide.isPending} onPress={() => decide.mutate()}>
            {text(`cases.${verb}`)}
          </Button>
        </>
      }
    >
      <p>{text(`cases.${verb}.effect`)}</p>
      <TextAreaInput label={text("cases.reason")} value={reason} onChange={setReason} maxLength={500} />
      {decide.isError && <ProblemNotice error={decide.error} />}
    </Dialog>
  );
}
