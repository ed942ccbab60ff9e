import type { ReactNode, Ref } from "react";
import { FieldError } from "react-aria-components/FieldError";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { Text } from "react-aria-components/Text";
import { TextField, type TextFieldProps } from "react-aria-components/TextField";
import { classes, hintClass, inputClass, labelClass } from "../classes.ts";

interface TextInputProps extends Omit<TextFieldProps, "className" | "children"> {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly className?: string;
  readonly inputRef?: Ref<HTMLInputElement>;
}

export function TextInput({ label, hint, error, className, inputRef, ...rest }: TextInputProps) {
  return (
    <TextField
      {...rest}
      isInvalid={error !== undefined}
      className={classes("flex flex-col gap-1", className)}
    >
      <Label className={labelClass}>{label}</Label>
      <Input className={inputClass} {...(inputRef === undefined ? {} : { ref: inputRef })} />
      {hint !== undefined && (
        <Text slot="description" className={hintClass}>
          {hint}
        </Text>
      )}
      <FieldError className="text-sm text-danger-ink">{error}</FieldError>
    </TextField>
  );
}
