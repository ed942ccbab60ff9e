import type { ReactNode } from "react";
import { FieldError } from "react-aria-components/FieldError";
import { Label } from "react-aria-components/Label";
import { Text } from "react-aria-components/Text";
import { TextArea } from "react-aria-components/TextArea";
import { TextField } from "react-aria-components/TextField";
import { hintClass, inputClass, labelClass } from "../classes.ts";

interface TextAreaInputProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly rows?: number;
  readonly maxLength?: number;
}

export function TextAreaInput(props: TextAreaInputProps) {
  const { label, value, onChange, hint, error, rows = 3, maxLength } = props;
  return (
    <TextField
      value={value}
      onChange={onChange}
      isInvalid={error !== undefined}
      {...(maxLength === undefined ? {} : { maxLength })}
      className="flex flex-col gap-1"
    >
      <Label className={labelClass}>{label}</Label>
      <TextArea rows={rows} className={inputClass} />
      {hint !== undefined && (
        <Text slot="description" className={hintClass}>
          {hint}
        </Text>
      )}
      <FieldError className="text-sm text-danger-ink">{error}</FieldError>
    </TextField>
  );
}
