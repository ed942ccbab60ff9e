import type { Candidate } from "@payflip/contract/candidates.ts";
import { useState } from "react";
import { useText } from "../intl/messages.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Notice } from "../ui/Notice.tsx";
import { TextAreaInput } from "../ui/fields/TextAreaInput.tsx";
import { announce } from "../ui/Toasts.tsx";
import { type PastedList, readPastedList } from "./pasted-list.ts";

interface PasteDialogProps {
  readonly people: readonly Candidate[];
  readonly onPaste: (workerIds: readonly string[]) => void;
  readonly onClose: () => void;
}

/** Selects the people of a pasted list and shows the entries that were not found. */
export function PasteDialog({ people, onPaste, onClose }: PasteDialogProps) {
  const text = useText();
  const [pasted, setPasted] = useState("");
  const [read, setRead] = useState<PastedList>();
  const select = () => {
    const list = readPastedList(pasted, people);
    onPaste(list.workerIds);
    if (list.unknown.length > 0) return setRead(list);
    announce(text("picker.paste.found", { count: list.workerIds.length }));
    onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={text("picker.paste.title")}
      actions={
        <>
          <Button onPress={onClose}>{text(read === undefined ? "action.cancel" : "action.close")}</Button>
          <Button look="primary" isDisabled={pasted.trim() === ""} onPress={select}>
            {text("picker.paste.select")}
          </Button>
        </>
      }
    >
      <TextAreaInput
        label={text("picker.paste.label")}
        hint={text("picker.paste.hint")}
        rows={6}
        value={pasted}
        onChange={(value) => {
          setPasted(value);
          setRead(undefined);
        }}
      />
      {read !== undefined && (
        <output className="block">
          <Notice tone="warning" title={text("picker.paste.found", { count: read.workerIds.length })}>
            <p>{text("picker.paste.unknown", { count: read.unknown.length })}</p>
            <ul className="list-disc pl-4 wrap-anywhere">
              {read.unknown.map((entry) => (
                <li key={entry}>{entry}</li>
              ))}
            </ul>
          </Notice>
        </output>
      )}
    </Dialog>
  );
}
