import { Search, X } from "lucide-react";
import { Button } from "react-aria-components/Button";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { SearchField } from "react-aria-components/SearchField";
import { useText } from "../../intl/messages.ts";
import { classes, inputClass, labelClass } from "../classes.ts";

interface SearchInputProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly className?: string;
}

/** A search box; its button and Escape clear it. */
export function SearchInput({ label, placeholder, value, onChange, className }: SearchInputProps) {
  const text = useText();
  return (
    <SearchField
      value={value}
      onChange={onChange}
      className={classes("group flex min-w-0 flex-1 basis-64 flex-col gap-1", className)}
    >
      <Label className={labelClass}>{label}</Label>
      <div className="relative">
        <Search
          className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-quiet"
          aria-hidden
        />
        <Input
          placeholder={placeholder}
          className={`${inputClass} pr-9 pl-9 [&::-webkit-search-cancel-button]:hidden`}
        />
        <Button
          aria-label={text("action.clear")}
          className="absolute top-1/2 right-1.5 -translate-y-1/2 rounded-md p-1 text-quiet group-data-[empty]:hidden"
        >
          <X className="size-4" aria-hidden />
        </Button>
      </div>
    </SearchField>
  );
}
