import type { Hold, HoldDecided } from "@payflip/contract/syncs.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Hand } from "lucide-react";
import { useState } from "react";
import { useIsAdmin } from "../access/session.ts";
import { request } from "../api/client.ts";
import { type MessageId, useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";
import { Button } from "../ui/Button.tsx";
import { Chip } from "../ui/Chip.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { announce } from "../ui/Toasts.tsx";

type Decision = "acceptance" | "rejection";

const kinds: Readonly<Record<string, MessageId>> = {
  source_looks_wrong: "hold.kind.run",
  identity_swap: "hold.kind.people",
  ambiguous_match: "hold.kind.person",
  reverted: "hold.kind.person",
  wage_guard: "hold.kind.wage",
  wage: "hold.kind.wage",
};

interface HoldCardProps {
  readonly hold: Hold;
  readonly entityId: string;
}

/** What a guard keeps back and why; an admin accepts or rejects it. */
export function HoldCard({ hold, entityId }: HoldCardProps) {
  const text = useText();
  const formats = useFormats();
  const isAdmin = useIsAdmin();
  const [asked, setAsked] = useState<Decision>();
  return (
    <section aria-labelledby={`hold-${hold.id}`} className="card border-warning-ink/40 p-5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 id={`hold-${hold.id}`} className="flex items-center gap-2 font-semibold">
          <Hand className="size-4.5 text-warning-ink" aria-hidden />
          {text(kinds[hold.kind] ?? "hold.kind.other")}
        </h2>
        {hold.status !== "open" && <Chip>{text(`hold.status.${hold.status}`)}</Chip>}
        <span className="text-sm text-quiet">
          {text("hold.since", { when: formats.inWords(hold.createdAt) })}
        </span>
      </div>
      <ul className="mt-3 max-w-prose space-y-1.5 text-sm">
        {hold.reasons.map((reason) => (
          <li key={`${reason.code} ${reason.text}`}>{reason.text}</li>
        ))}
      </ul>
      {isAdmin && hold.status === "open" && (
        <div className="mt-4 flex flex-wrap gap-2">
          <Button look="primary" onPress={() => setAsked("acceptance")}>
            {text("hold.accept")}
          </Button>
          <Button onPress={() => setAsked("rejection")}>{text("hold.reject")}</Button>
        </div>
      )}
      <DecisionDialog hold={hold} entityId={entityId} decision={asked} onClose={() => setAsked(undefined)} />
    </section>
  );
}

interface DecisionDialogProps extends HoldCardProps {
  readonly decision: Decision | undefined;
  readonly onClose: () => void;
}

function DecisionDialog({ hold, entityId, decision, onClose }: DecisionDialogProps) {
  const text = useText();
  const queryClient = useQueryClient();
  const decide = useMutation({
    mutationFn: (made: Decision) => request<HoldDecided>("POST", `/holds/${hold.id}/${made}`, {}),
    onSuccess: async (_answer, made) => {
      onClose();
      announce(text(made === "acceptance" ? "hold.accepted" : "hold.rejected"));
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: ["connection", entityId] }),
        queryClient.invalidateQueries({ queryKey: ["runs", entityId] }),
        queryClient.invalidateQueries({ queryKey: ["run"] }),
        queryClient.invalidateQueries({ queryKey: ["issues", entityId] }),
      ]);
    },
  });
  const isAcceptance = decision === "acceptance";
  const close = () => {
    decide.reset();
    onClose();
  };
  return (
    <Dialog
      role="alertdialog"
      isOpen={decision !== undefined}
      onClose={close}
      title={text(isAcceptance ? "hold.accept.title" : "hold.reject.title")}
      actions={
        <>
          <Button onPress={close}>{text("action.cancel")}</Button>
          <Button
            look="primary"
            isPending={decide.isPending}
            onPress={() => decision && decide.mutate(decision)}
          >
            {text(isAcceptance ? "hold.accept" : "hold.reject")}
          </Button>
        </>
      }
    >
      <ul className="space-y-1">
        {hold.reasons.map((reason) => (
          <li key={`${reason.code} ${reason.text}`}>{reason.text}</li>
        ))}
      </ul>
      <p className="text-quiet">{text(isAcceptance ? "hold.accept.effect" : "hold.reject.effect")}</p>
      {decide.isError && <ProblemNotice error={decide.error} />}
    </Dialog>
  );
}
