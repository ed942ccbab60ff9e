import type { EmployeeDetail } from "@payflip/contract/employees.ts";
import { useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";

/** The last writer of a field as a text: "from Liantis, 22 Nov 02:14". */
export function useProvenance({ provenance }: EmployeeDetail): (field: string) => string | undefined {
  const text = useText();
  const formats = useFormats();
  return (field) => {
    const known = provenance[field];
    return known && text(`provenance.${known.source}`, { when: formats.instant(known.at) });
  };
}
