import type { PreviewOperation } from "@payflip/contract/previews.ts";
import { Link } from "@tanstack/react-router";
import { useText } from "../intl/messages.ts";
import { paths } from "../paths.ts";
import type { KnownWorkers } from "./useKnownWorkers.ts";

interface PreviewPersonProps {
  readonly operation: Pick<PreviewOperation, "workerId" | "employeeName"> &
    Partial<Pick<PreviewOperation, "employeeId">>;
  readonly workers: KnownWorkers;
}

/** The name in Payflip, else the name in the list to choose from, else the Liantis ID. */
export function PreviewPerson({ operation, workers }: PreviewPersonProps) {
  const text = useText();
  const { workerId, employeeId, employeeName } = operation;
  const name = employeeName ?? workers.get(workerId)?.name;
  if (name === undefined) return <span>{text("preview.worker", { id: workerId })}</span>;
  if (!employeeId) return <span className="font-medium">{name}</span>;
  return (
    <Link to={paths.person} params={{ employeeId }} className="link font-medium">
      {name}
    </Link>
  );
}
