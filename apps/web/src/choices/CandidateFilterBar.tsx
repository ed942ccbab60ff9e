import type { Candidate } from "@payflip/contract/candidates.ts";
import { ClipboardPaste } from "lucide-react";
import { useState } from "react";
import { useText } from "../intl/messages.ts";
import { Button } from "../ui/Button.tsx";
import { CheckboxInput } from "../ui/fields/CheckboxInput.tsx";
import { SearchInput } from "../ui/fields/SearchInput.tsx";
import { SelectInput } from "../ui/fields/SelectInput.tsx";
import type { CandidateFilter } from "./candidate-filter.ts";
import { PasteDialog } from "./PasteDialog.tsx";

const matches = ["new", "existing", "issue"] as const;
const choices = ["waiting", "none", "selected", "excluded", "released"] as const;

interface CandidateFilterBarProps {
  readonly filter: CandidateFilter;
  readonly onFilter: (filter: CandidateFilter) => void;
  readonly withChoices: boolean;
  readonly people: readonly Candidate[];
  readonly onPaste: (workerIds: readonly string[]) => void;
}

export function CandidateFilterBar(props: CandidateFilterBarProps) {
  const { filter, onFilter, withChoices, people, onPaste } = props;
  const text = useText();
  const [isPasting, setPasting] = useState(false);
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-end gap-3">
        <SearchInput
          label={text("picker.search")}
          placeholder={text("picker.search.hint")}
          value={filter.q}
          onChange={(q) => onFilter({ ...filter, q })}
        />
        <SelectInput
          label={text("picker.match")}
          className="w-full sm:w-44"
          value={filter.match}
          options={[
            { value: "all" as const, label: text("picker.match.all") },
            ...matches.map((value) => ({ value, label: text(`picker.match.${value}`) })),
          ]}
          onChange={(match) => onFilter({ ...filter, match })}
        />
        {withChoices && (
          <SelectInput
            label={text("picker.choice")}
            className="w-full sm:w-48"
            value={filter.choice}
            options={[
              { value: "all" as const, label: text("picker.choice.all") },
              ...choices.map((value) => ({ value, label: text(`picker.choice.${value}`) })),
            ]}
            onChange={(choice) => onFilter({ ...filter, choice })}
          />
        )}
      </div>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <CheckboxInput
          isSelected={filter.onlySelected}
          onChange={(onlySelected) => onFilter({ ...filter, onlySelected })}
        >
          {text("picker.onlySelected")}
        </CheckboxInput>
        <Button onPress={() => setPasting(true)}>
          <ClipboardPaste className="size-4" aria-hidden />
          {text("picker.paste")}
        </Button>
      </div>
      {isPasting && <PasteDialog people={people} onPaste={onPaste} onClose={() => setPasting(false)} />}
    </div>
  );
}
