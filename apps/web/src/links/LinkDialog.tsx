import type { Link, NewLink } from "@payflip/contract/links.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { call } from "../api/call.ts";
import { linksQuery } from "../api/decision-queries.ts";
import { employeesQuery } from "../api/queries.ts";
import { useText } from "../intl/messages.ts";
import { Button } from "../ui/Button.tsx";
import { classes } from "../ui/classes.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { SearchInput } from "../ui/fields/SearchInput.tsx";
import { announce } from "../ui/Toasts.tsx";
import { useTypedSearch } from "../ui/fields/useTypedSearch.ts";
import { ReasonInput, reasonLengthMin } from "./ReasonInput.tsx";
import { linkName, useLinksChanged } from "./links.ts";

const offeredMax = 6;

interface LinkDialogProps {
  readonly link: Link;
  readonly entityId: string;
  readonly onClose: () => void;
}

/** Links a worker to an employee, or an employee without a link to a worker. */
export function LinkDialog({ link, entityId, onClose }: LinkDialogProps) {
  const text = useText();
  const wantsEmployee = link.workerId !== null;
  const [chosen, setChosen] = useState<string>();
  const [reason, setReason] = useState("");
  const refresh = useLinksChanged();
  const make = useMutation({
    mutationFn: (pair: Omit<NewLink, "reason">) =>
      call("linkEmployee", { params: { id: entityId }, body: { ...pair, reason: reason.trim() } }),
    onSuccess: async () => {
      onClose();
      announce(text("links.linked"));
      await refresh();
    },
  });
  const workerId = wantsEmployee ? link.workerId : chosen;
  const employeeId = wantsEmployee ? chosen : link.employeeId;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={text("links.link.title", {
        name: wantsEmployee ? (link.workerName ?? link.workerId) : linkName(link),
      })}
      actions={
        <>
          <Button onPress={onClose}>{text("action.cancel")}</Button>
          <Button
            look="primary"
            isDisabled={chosen === undefined || reason.trim().length < reasonLengthMin}
            isPending={make.isPending}
            onPress={() => workerId && employeeId && make.mutate({ workerId, employeeId })}
          >
            {text("links.link")}
          </Button>
        </>
      }
    >
      <p>{text("links.link.effect")}</p>
      {wantsEmployee ? (
        <EmployeeChoice link={link} entityId={entityId} chosen={chosen} onChoose={setChosen} />
      ) : (
        <WorkerChoice link={link} entityId={entityId} chosen={chosen} onChoose={setChosen} />
      )}
      <ReasonInput value={reason} onChange={setReason} />
      {make.isError && <ProblemNotice error={make.error} />}
    </Dialog>
  );
}

interface ChoiceProps {
  readonly link: Link;
  readonly entityId: string;
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
}

function EmployeeChoice({ link, entityId, chosen, onChoose }: ChoiceProps) {
  const text = useText();
  const [q, setQ] = useState("");
  const { data } = useQuery(employeesQuery({ entityId, q: q || undefined }));
  const offered = data?.items
    .filter(({ id }) => id !== link.employeeId)
    .map(({ id, firstName, lastName, email }) => ({ id, name: `${firstName} ${lastName}`, detail: email }));
  return (
    <Offered
      label={text("links.link.withEmployee")}
      q={q}
      onQ={setQ}
      offered={offered}
      chosen={chosen}
      onChoose={onChoose}
    />
  );
}

function WorkerChoice({ entityId, chosen, onChoose }: ChoiceProps) {
  const text = useText();
  const [q, setQ] = useState("");
  const { data } = useQuery(
    linksQuery(entityId, { q: q || undefined, state: "worker_alone", limit: offeredMax }),
  );
  const offered = data?.items.flatMap(({ workerId, workerName, employeeNumber }) =>
    workerId === null
      ? []
      : [
          {
            id: workerId,
            name: workerName ?? workerId,
            detail: employeeNumber ?? (workerName === null ? "" : workerId),
          },
        ],
  );
  return (
    <Offered
      label={text("links.link.withWorker")}
      q={q}
      onQ={setQ}
      offered={offered}
      chosen={chosen}
      onChoose={onChoose}
    />
  );
}

interface OfferedProps {
  readonly label: string;
  readonly q: string;
  readonly onQ: (q: string) => void;
  /** Undefined while searching. */
  readonly offered: readonly { id: string; name: string; detail: string }[] | undefined;
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
}

function Offered({ label, q, onQ, offered, chosen, onChoose }: OfferedProps) {
  const text = useText();
  const [typed, setTyped] = useTypedSearch(q, (sent) => onQ(sent ?? ""));
  return (
    <div className="space-y-2">
      <SearchInput label={label} placeholder={text("links.search.hint")} value={typed} onChange={setTyped} />
      {offered?.length === 0 && <p className="text-sm text-quiet">{text("links.link.noneFound")}</p>}
      <RadioGroup
        aria-label={text("links.link.choose")}
        value={chosen ?? null}
        onChange={onChoose}
        className="space-y-1"
      >
        {offered?.slice(0, offeredMax).map(({ id, name, detail }) => (
          <Radio
            key={id}
            value={id}
            className={({ isSelected }) =>
              classes(
                "block cursor-pointer rounded-lg border px-3 py-1.5 text-sm",
                isSelected
                  ? "border-accent bg-accent-soft ring-1 ring-accent"
                  : "border-edge/60 hover:border-accent",
              )
            }
          >
            <span className="font-medium">{name}</span>{" "}
            <span className="text-quiet wrap-anywhere">{detail}</span>
          </Radio>
        ))}
      </RadioGroup>
    </div>
  );
}
