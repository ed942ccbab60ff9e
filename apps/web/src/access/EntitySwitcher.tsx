import { useNavigate } from "@tanstack/react-router";
import { useSession } from "./session.ts";
import { useText } from "../intl/messages.ts";
import { SelectInput } from "../ui/fields/SelectInput.tsx";

/** Chooses the entity of a page; the address keeps the choice. An account with one entity sees its name only. */
export function EntitySwitcher({ entityId }: { readonly entityId: string }) {
  const text = useText();
  const { entities } = useSession();
  const navigate = useNavigate();
  if (entities.length < 2) return <p className="text-quiet">{entities[0]?.name}</p>;
  return (
    <SelectInput
      label={text("field.entity")}
      labelHidden
      className="w-56 max-w-full"
      value={entityId}
      options={entities.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(entity) => void navigate({ to: ".", search: { entity } })}
    />
  );
}
