import type { EmployeeDetail } from "@payflip/contract/employees.ts";
import { UserRoundCheck } from "lucide-react";
import { useState } from "react";
import { call } from "../api/call.ts";
import { useText } from "../intl/messages.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { useStatusChange } from "./useStatusChange.ts";

/** Reactivates a person; a sync never does. */
export function Reactivate({ employee }: { readonly employee: EmployeeDetail }) {
  const text = useText();
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  const reactivate = useStatusChange(
    () => call("reactivateEmployee", { params: { id: employee.id } }),
    () => {
      close();
      return text("person.reactivated");
    },
  );
  return (
    <>
      <Button onPress={() => setOpen(true)}>
        <UserRoundCheck className="size-4" aria-hidden />
        {text("person.reactivate")}
      </Button>
      <Dialog
        isOpen={isOpen}
        onClose={close}
        role="alertdialog"
        title={text("person.reactivate.title", { name: `${employee.firstName} ${employee.lastName}` })}
        actions={
          <>
            <Button onPress={close}>{text("action.cancel")}</Button>
            <Button look="primary" isPending={reactivate.isPending} onPress={() => reactivate.mutate()}>
              {text("person.reactivate")}
            </Button>
          </>
        }
      >
        <p>{text("person.reactivate.effect")}</p>
        {reactivate.isError && <ProblemNotice error={reactivate.error} />}
      </Dialog>
    </>
  );
}
