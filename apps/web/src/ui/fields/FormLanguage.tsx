import type { Language } from "@payflip/contract/page.ts";
import { type Control, Controller, type FieldPath, type FieldValues } from "react-hook-form";
import { languageNames, languages } from "../../intl/language.ts";
import { useText } from "../../intl/messages.ts";
import { SelectInput } from "./SelectInput.tsx";

interface FormLanguageProps<Fields extends FieldValues> {
  readonly control: Control<Fields>;
  readonly name: FieldPath<Fields>;
}

/** The language field of a form; each language is named in itself. */
export function FormLanguage<Fields extends FieldValues>({ control, name }: FormLanguageProps<Fields>) {
  const text = useText();
  return (
    <Controller
      control={control}
      name={name}
      render={({ field }) => (
        <SelectInput
          label={text("account.language")}
          value={field.value as Language}
          onChange={field.onChange}
          options={languages.map((value) => ({ value, label: languageNames[value], lang: value }))}
        />
      )}
    />
  );
}
