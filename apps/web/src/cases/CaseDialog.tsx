import type { CaseDecided, SupportCase } from "@payflip/contract/cases.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { request } from "../api/client.ts";
import { useText } from "../intl/messages.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { TextAreaInput } from "../ui/fields/TextAreaInput.tsx";
import { announce } from "../ui/Toasts.tsx";
import { caseName } from "./case-record.ts";

export type CaseVerb = "confirm" | "decline";

const routes: Readonly<Record<CaseVerb, string>> = { confirm: "confirmation", decline: "decline" };

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
      request<CaseDecided>(
        "POST",
        `/cases/${item.id}/${routes[verb]}`,
        reason.trim() === "" ? {} : { reason: reason.trim() },
      ),
    onSuccess: async () => {
      onClose();
      announce(text(verb === "confirm" ? "cases.confirmed" : "cases.declined"));
      await queryClient.invalidateQueries();
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
