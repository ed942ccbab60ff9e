import type { PreviewOperation } from "@payflip/contract/previews.ts";
import { type ReactNode, useMemo } from "react";
import { useText } from "../intl/messages.ts";
import { type Column, DataTable } from "../ui/lists/DataTable.tsx";
import { PreviewPerson } from "./PreviewPerson.tsx";
import type { KnownWorkers } from "./useKnownWorkers.ts";
import type { useOperations } from "./useOperations.tsx";

interface OperationTableProps {
  readonly label: string;
  readonly operations: ReturnType<typeof useOperations>;
  readonly workers: KnownWorkers;
  /** The title of the column beside the person. */
  readonly title: string;
  readonly details: (operation: PreviewOperation) => ReactNode;
}

/** People of a preview, each with what would happen. */
export function OperationTable({ label, operations, workers, title, details }: OperationTableProps) {
  const text = useText();
  const columns = useMemo(
    (): Column<PreviewOperation>[] => [
      {
        id: "person",
        title: text("field.name"),
        cell: (operation) => <PreviewPerson operation={operation} workers={workers} />,
      },
      { id: "details", title, wide: true, cell: details },
    ],
    [text, workers, title, details],
  );
  return (
    <DataTable
      label={label}
      columns={columns}
      rows={operations.data?.items}
      rowKey={({ workerId }) => workerId}
      isStale={operations.isStale}
      skeletonRows={2}
    />
  );
}
