import type { Deactivation, EmployeeDetail } from "@payflip/contract/employees.ts";
import { useQuery } from "@tanstack/react-query";
import { UserRoundX } from "lucide-react";
import { useState } from "react";
import { call } from "../api/call.ts";
import { explanationQuery } from "../api/decision-queries.ts";
import { useText } from "../intl/messages.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { TextInput } from "../ui/fields/TextInput.tsx";
import { useStatusChange } from "./useStatusChange.ts";

/** Deactivates a person: end dates are not synced, so an admin does this for a leaver. */
export function Deactivate({ employee }: { readonly employee: EmployeeDetail }) {
  const text = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onPress={() => setOpen(true)}>
        <UserRoundX className="size-4" aria-hidden />
        {text("person.deactivate")}
      </Button>
      {isOpen && <DeactivateDialog employee={employee} onClose={() => setOpen(false)} />}
    </>
  );
}

interface DeactivateDialogProps {
  readonly employee: EmployeeDetail;
  readonly onClose: () => void;
}

function DeactivateDialog({ employee, onClose }: DeactivateDialogProps) {
  const text = useText();
  const [chosen, setChosen] = useState<string>();
  const { data: explanation } = useQuery(explanationQuery(employee.id));
  // The last day from Liantis, until another one is chosen.
  const known = explanation?.tasks.find(({ kind }) => kind === "leaver")?.dueOn ?? "";
  const endDate = chosen ?? known;
  const isEarly = endDate !== "" && endDate < employee.startDate;
  const deactivate = useStatusChange(
    (given: Deactivation) => call("deactivateEmployee", { params: { id: employee.id }, body: given }),
    () => {
      onClose();
      return text("person.deactivated");
    },
  );
  const given: Deactivation = { endDate };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      role="alertdialog"
      title={text("person.deactivate.title", { name: `${employee.firstName} ${employee.lastName}` })}
      actions={
        <>
          <Button onPress={onClose}>{text("action.cancel")}</Button>
          <Button
            look="danger"
            isDisabled={endDate === "" || isEarly}
            isPending={deactivate.isPending}
            onPress={() => deactivate.mutate(given)}
          >
            {text("person.deactivate")}
          </Button>
        </>
      }
    >
      <p>{text("person.deactivate.effect")}</p>
      <TextInput
        type="date"
        label={text("person.endDate")}
        hint={text(known === "" ? "person.deactivate.hint" : "person.deactivate.hint.known")}
        error={isEarly ? text("person.deactivate.early") : undefined}
        value={endDate}
        onChange={setChosen}
      />
      {deactivate.isError && <ProblemNotice error={deactivate.error} />}
    </Dialog>
  );
}
