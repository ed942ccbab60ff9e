import type { Undone } from "@payflip/contract/syncs.ts";
import { Link } from "@tanstack/react-router";
import { useText } from "../intl/messages.ts";
import { paths } from "../paths.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Notice } from "../ui/Notice.tsx";
import { useChangeText } from "../changes/useChangeText.ts";

interface UndoResultProps {
  readonly result: Undone;
  readonly onClose: () => void;
}

/** What was undone, and what was not and why. */
export function UndoResult({ result, onClose }: UndoResultProps) {
  const text = useText();
  const say = useChangeText();
  const { people, changes, removed, unlinked, notReverted, runId } = result;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={text("undo.done")}
      actions={
        <Button look="primary" onPress={onClose}>
          {text("action.close")}
        </Button>
      }
    >
      <output className="block">
        <Notice tone={people === 0 && removed === 0 ? "info" : "success"}>
          <p>{text("undo.result", { people, changes })}</p>
          {removed > 0 && <p>{text("undo.removed", { count: removed })}</p>}
          {unlinked > 0 && <p>{text("undo.unlinked", { count: unlinked })}</p>}
        </Notice>
      </output>
      {notReverted.length > 0 && (
        <section aria-labelledby="not-reverted">
          <h3 id="not-reverted" className="mb-1.5 text-sm font-semibold">
            {text("undo.not", { count: notReverted.length })}
          </h3>
          <ul className="space-y-2 text-sm">
            {notReverted.map(({ employeeId, employeeName, contractId, field, text: why }) => (
              <li key={`${employeeId} ${contractId ?? ""} ${field ?? ""}`}>
                <span className="font-medium">{employeeName}</span>
                {field !== null && (
                  <span className="text-quiet">
                    {" · "}
                    {say.field({ contractId, field, before: null, after: null })}
                  </span>
                )}
                <span className="block">{why}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p className="text-sm">
        <Link to={paths.run} params={{ runId }} className="link">
          {text("undo.run")}
        </Link>
      </p>
    </Dialog>
  );
}
