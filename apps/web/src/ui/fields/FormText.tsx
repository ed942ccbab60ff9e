import { type Control, Controller, type FieldPath, type FieldValues } from "react-hook-form";
import { TextInput } from "./TextInput.tsx";

interface FormTextProps<Fields extends FieldValues> {
  readonly control: Control<Fields>;
  readonly name: FieldPath<Fields>;
  readonly label: string;
  readonly hint?: string;
  readonly type?: "text" | "email" | "password" | "date";
  readonly autoComplete?: string;
  /** The message for an empty field; without it the field may be empty. */
  readonly required?: string;
  /** The pattern of a valid text, and the message for any other. */
  readonly pattern?: { readonly value: RegExp; readonly message: string };
}

/** A text field of a form, with its message. */
export function FormText<Fields extends FieldValues>(props: FormTextProps<Fields>) {
  const { control, name, required, pattern, ...input } = props;
  return (
    <Controller
      control={control}
      name={name}
      rules={{
        ...(required === undefined ? {} : { required }),
        ...(pattern === undefined ? {} : { pattern }),
      }}
      render={({ field: { ref, value, ...field }, fieldState }) => (
        <TextInput
          {...field}
          {...input}
          value={value as string}
          inputRef={ref}
          error={fieldState.error?.message}
        />
      )}
    />
  );
}
