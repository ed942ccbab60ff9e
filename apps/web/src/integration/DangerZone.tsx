import type { Connection } from "@payflip/contract/connection.ts";
import { useState } from "react";
import { useText } from "../intl/messages.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { TextInput } from "../ui/fields/TextInput.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { SwitchOn } from "./SwitchOn.tsx";
import { useConnectionSwitch } from "./useConnectionSwitch.ts";

interface DangerZoneProps {
  readonly connection: Connection;
  readonly entityName: string;
}

/** Disables or enables the integration. */
export function DangerZone({ connection, entityName }: DangerZoneProps) {
  const text = useText();
  const isDisabled = connection.state === "disabled";
  return (
    <section aria-labelledby="danger" className="card border-danger-ink/40 p-5">
      <h2 id="danger" className="text-base font-semibold">
        {isDisabled ? text("enable.title") : text("disable.zone")}
      </h2>
      <div className="mt-2 flex flex-wrap items-center justify-between gap-4">
        <p className="max-w-prose text-sm text-quiet">
          {isDisabled ? text("enable.effect") : text("disable.effect")}
        </p>
        {isDisabled ? (
          <SwitchOn entityId={connection.entityId} label={text("enable.action")} />
        ) : (
          <DisableButton entityId={connection.entityId} entityName={entityName} />
        )}
      </div>
    </section>
  );
}

function DisableButton({ entityId, entityName }: { readonly entityId: string; readonly entityName: string }) {
  const text = useText();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const disable = useConnectionSwitch(entityId, "disable");
  const close = () => {
    setOpen(false);
    setTyped("");
    disable.reset();
  };
  const isConfirmed = typed.trim().toLowerCase() === entityName.trim().toLowerCase();
  return (
    <>
      <Button look="danger" onPress={() => setOpen(true)}>
        {text("disable.action")}
      </Button>
      <Dialog
        title={text("disable.title", { entity: entityName })}
        role="alertdialog"
        isOpen={isOpen}
        onClose={close}
        actions={
          <>
            <Button onPress={close}>{text("action.cancel")}</Button>
            <Button
              look="danger"
              isDisabled={!isConfirmed}
              isPending={disable.isPending}
              onPress={() => disable.mutate(undefined, { onSuccess: close })}
            >
              {text("disable.action")}
            </Button>
          </>
        }
      >
        <p>{text("disable.effect")}</p>
        <TextInput
          label={text("disable.type", { entity: entityName })}
          value={typed}
          onChange={setTyped}
          autoComplete="off"
        />
        {disable.isError && <ProblemNotice error={disable.error} />}
      </Dialog>
    </>
  );
}
