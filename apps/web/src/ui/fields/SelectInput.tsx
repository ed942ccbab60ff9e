import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "react-aria-components/Button";
import { Label } from "react-aria-components/Label";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { Popover } from "react-aria-components/Popover";
import { Select, SelectValue } from "react-aria-components/Select";
import { Text } from "react-aria-components/Text";
import { classes, hintClass, labelClass } from "../classes.ts";

export interface Option<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** The language of the label, when it is not the language of the screen. */
  readonly lang?: string;
}

interface SelectInputProps<Value extends string> {
  readonly label: string;
  readonly options: readonly Option<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly hint?: ReactNode;
  readonly labelHidden?: boolean;
  readonly className?: string;
  readonly isDisabled?: boolean;
}

export function SelectInput<Value extends string>(props: SelectInputProps<Value>) {
  const { label, options, value, onChange, hint, labelHidden = false, className, isDisabled = false } = props;
  const choose = (key: unknown) => {
    const option = options.find((candidate) => candidate.value === key);
    if (option) onChange(option.value);
  };
  return (
    <Select
      value={value}
      onChange={choose}
      isDisabled={isDisabled}
      className={classes("flex flex-col gap-1", className)}
    >
      <Label className={labelHidden ? "sr-only" : labelClass}>{label}</Label>
      <Button className="flex min-h-9 w-full items-center justify-between gap-2 rounded-lg border border-edge bg-surface px-3 py-1.5 text-left">
        <SelectValue className="truncate" />
        <ChevronDown className="size-4 shrink-0 text-quiet" aria-hidden />
      </Button>
      {hint !== undefined && (
        <Text slot="description" className={hintClass}>
          {hint}
        </Text>
      )}
      <Popover className="min-w-(--trigger-width) max-w-[calc(100vw-2rem)] rounded-lg border border-line bg-surface shadow-lg">
        <ListBox
          items={options.map((option) => ({ ...option, id: option.value }))}
          className="max-h-80 overflow-auto p-1"
        >
          {(option) => (
            <ListBoxItem
              id={option.id}
              textValue={option.label}
              {...(option.lang === undefined ? {} : { lang: option.lang })}
              className="cursor-default rounded-md px-2.5 py-1.5 data-[focused]:bg-sunken data-[selected]:font-semibold data-[selected]:text-accent-ink"
            >
              {option.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
