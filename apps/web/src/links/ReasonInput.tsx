import { useState } from "react";
import { useText } from "../intl/messages.ts";
import { TextAreaInput } from "../ui/fields/TextAreaInput.tsx";

export const reasonLengthMin = 3;

interface ReasonInputProps {
  readonly value: string;
  readonly onChange: (reason: string) => void;
}

/** The reason for changing a link; the audit log keeps it. */
export function ReasonInput({ value, onChange }: ReasonInputProps) {
  const text = useText();
  const [isLeft, setLeft] = useState(false);
  const isShort = value.trim().length < reasonLengthMin;
  return (
    <div onBlur={() => setLeft(true)}>
      <TextAreaInput
        label={text("links.reason")}
        hint={text("links.reason.hint")}
        error={isLeft && isShort ? text("links.reason.short") : undefined}
        value={value}
        onChange={onChange}
        maxLength={500}
      />
    </div>
  );
}
