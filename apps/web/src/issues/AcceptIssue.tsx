import type { Issue, IssueAcceptance } from "@payflip/contract/issues.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../api/call.ts";
import { invalidate } from "../api/endpoint-query.ts";
import { useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { TextAreaInput } from "../ui/fields/TextAreaInput.tsx";
import { TextInput } from "../ui/fields/TextInput.tsx";
import { announce } from "../ui/Toasts.tsx";

/** Accepts a warning that is correct as it is, or confirms that a match is the same person. */
export function AcceptIssue({ issue }: { readonly issue: Issue }) {
  const text = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onPress={() => setOpen(true)}>
        {text(isMatch(issue) ? "issues.acceptMatch" : "issues.accept")}
        <span className="sr-only">{issue.employeeName ?? issue.employeeNumber}</span>
      </Button>
      {isOpen && <AcceptDialog issue={issue} onClose={() => setOpen(false)} />}
    </>
  );
}

interface AcceptDialogProps {
  readonly issue: Issue;
  readonly onClose: () => void;
}

function AcceptDialog({ issue, onClose }: AcceptDialogProps) {
  const text = useText();
  const formats = useFormats();
  const [reason, setReason] = useState("");
  const [reviewOn, setReviewOn] = useState("");
  const accept = useAcceptance(issue, onClose);
  const kind = isMatch(issue) ? "acceptMatch" : "accept";
  const isPast = reviewOn !== "" && reviewOn <= formats.today();
  const given: IssueAcceptance = {
    ...(reason.trim() === "" ? {} : { reason: reason.trim() }),
    ...(reviewOn === "" ? {} : { reviewOn }),
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={text(`issues.${kind}.title`)}
      actions={
        <>
          <Button onPress={onClose}>{text("action.cancel")}</Button>
          <Button
            look="primary"
            isDisabled={isPast}
            isPending={accept.isPending}
            onPress={() => accept.mutate(given)}
          >
            {text(`issues.${kind}`)}
          </Button>
        </>
      }
    >
      <p className="font-medium">
        {issue.employeeName === null ? issue.title : `${issue.employeeName}: ${issue.title}`}
      </p>
      <p>{text(`issues.${kind}.effect`)}</p>
      <TextAreaInput
        label={text("issues.accept.reason")}
        value={reason}
        onChange={setReason}
        maxLength={500}
      />
      {!isMatch(issue) && (
        <TextInput
          type="date"
          label={text("issues.accept.reviewOn")}
          hint={text("issues.accept.reviewOn.hint")}
          error={isPast ? text("issues.accept.reviewOn.past") : undefined}
          value={reviewOn}
          onChange={setReviewOn}
        />
      )}
      {accept.isError && <ProblemNotice error={accept.error} />}
    </Dialog>
  );
}

function useAcceptance(issue: Issue, onAccepted: () => void) {
  const text = useText();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (given: IssueAcceptance) => call("acceptIssue", { params: { id: issue.id }, body: given }),
    onSuccess: async () => {
      onAccepted();
      announce(text("issues.accepted"));
      await invalidate(queryClient, ["listIssues", "readConnection", "explainEmployee"]);
    },
  });
}

function isMatch({ code }: Issue): boolean {
  return code === "AMBIGUOUS_MATCH";
}
