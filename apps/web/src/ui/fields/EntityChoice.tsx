import { useText } from "../../intl/messages.ts";
import { CheckboxInput } from "./CheckboxInput.tsx";

interface EntityChoiceProps {
  readonly entities: readonly { readonly id: string; readonly name: string }[];
  /** Null: all entities, also those that are added later. */
  readonly chosen: readonly string[] | null;
  readonly onChange: (chosen: readonly string[] | null) => void;
}

/** All entities, or some of them. */
export function EntityChoice({ entities, chosen, onChange }: EntityChoiceProps) {
  const text = useText();
  const change = (id: string, isChosen: boolean) => {
    const others = (chosen ?? []).filter((one) => one !== id);
    onChange(isChosen ? [...others, id] : others);
  };
  return (
    <fieldset className="space-y-2">
      <legend className="mb-1 font-medium">{text("admins.entities")}</legend>
      <CheckboxInput isSelected={chosen === null} onChange={(all) => onChange(all ? null : [])}>
        {text("admins.allEntities")}
      </CheckboxInput>
      {chosen !== null &&
        entities.map(({ id, name }) => (
          <CheckboxInput
            key={id}
            isSelected={chosen.includes(id)}
            onChange={(isChosen) => change(id, isChosen)}
          >
            {name}
          </CheckboxInput>
        ))}
    </fieldset>
  );
}
