import type { EmployeeStatus } from "@payflip/contract/employees.ts";
import { useText } from "../intl/messages.ts";
import { Chip, type Tone } from "../ui/Chip.tsx";

const tones: Readonly<Record<EmployeeStatus, Tone>> = {
  active: "success",
  upcoming: "info",
  deactivated: "neutral",
};

export function EmployeeStatusChip({ status }: { readonly status: EmployeeStatus }) {
  const text = useText();
  return <Chip tone={tones[status]}>{text(`employee.status.${status}`)}</Chip>;
}
