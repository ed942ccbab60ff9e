import type { Link } from "@payflip/contract/links.ts";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../api/call.ts";
import { useText } from "../intl/messages.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { announce } from "../ui/Toasts.tsx";
import { ReasonInput, reasonLengthMin } from "./ReasonInput.tsx";
import { linkName, useLinksChanged } from "./links.ts";

interface UnlinkDialogProps {
  readonly link: Link;
  readonly onClose: () => void;
}

/** Unlinks an employee from a worker. */
export function UnlinkDialog({ link, onClose }: UnlinkDialogProps) {
  const text = useText();
  const [reason, setReason] = useState("");
  const refresh = useLinksChanged();
  const unlink = useMutation({
    mutationFn: () =>
      call("unlinkEmployee", { params: { id: link.employeeId ?? "" }, body: { reason: reason.trim() } }),
    onSuccess: async () => {
      onClose();
      announce(text("links.unlinked"));
      await refresh();
    },
  });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      role="alertdialog"
      title={text("links.unlink.title", { name: linkName(link) })}
      actions={
        <>
          <Button onPress={onClose}>{text("action.cancel")}</Button>
          <Button
            look="danger"
            isDisabled={reason.trim().length < reasonLengthMin}
            isPending={unlink.isPending}
            onPress={() => unlink.mutate()}
          >
            {text("links.unlink")}
          </Button>
        </>
      }
    >
      <p>{text("links.unlink.effect")}</p>
      <ReasonInput value={reason} onChange={setReason} />
      {unlink.isError && <ProblemNotice error={unlink.error} />}
    </Dialog>
  );
}
