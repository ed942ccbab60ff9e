import type { FieldLock } from "@payflip/contract/employees.ts";
import { Lock } from "lucide-react";
import { type FocusEvent, useState } from "react";
import { Group } from "react-aria-components/Group";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { Text } from "react-aria-components/Text";
import { TextField } from "react-aria-components/TextField";
import { useText } from "../intl/messages.ts";
import { ExternalAnchor } from "../ui/WhereLink.tsx";
import { hintClass, inputClass, labelClass } from "../ui/classes.ts";

interface LockedFieldProps {
  readonly label: string;
  readonly value: string;
  /** Why it cannot be changed here; undefined for a reader, who changes nothing. */
  readonly lock: FieldLock | undefined;
  readonly provenance: string | undefined;
}

/**
 * A field that is changed in Liantis. It is read-only, not disabled: it can be focused, read and copied. The explanation
 * overlays the page while the field has the focus, so that nothing moves.
 */
export function LockedField({ label, value, lock, provenance }: LockedFieldProps) {
  const text = useText();
  const [isOpen, setOpen] = useState(false);
  const leave = (event: FocusEvent<HTMLElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
  };
  return (
    <Group
      role="presentation"
      className="relative"
      onFocus={() => setOpen(true)}
      onBlur={leave}
      onKeyDown={(event) => event.key === "Escape" && setOpen(false)}
    >
      <TextField value={value} isReadOnly className="flex flex-col gap-1">
        <Label className={labelClass}>{label}</Label>
        <div className="relative">
          <Input className={`${inputClass} ${lock ? "pr-9" : ""}`} />
          {lock && (
            <Lock
              className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-quiet"
              aria-hidden
            />
          )}
        </div>
        <Text slot="description" className={hintClass}>
          {lock && <span className="block">{text("lock.managed")}</span>}
          {provenance !== undefined && <span className="block">{provenance}</span>}
          {lock && <span className="sr-only"> {lock.reason}</span>}
        </Text>
      </TextField>
      {lock && isOpen && (
        <div className="absolute inset-x-0 top-full z-20 mt-1 space-y-2 rounded-xl border border-line bg-surface p-3 text-sm shadow-lg">
          <p>{lock.reason}</p>
          {lock.link && <ExternalAnchor href={lock.link}>{text("lock.change")}</ExternalAnchor>}
        </div>
      )}
    </Group>
  );
}
