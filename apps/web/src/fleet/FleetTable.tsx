import type { FleetConnection } from "@payflip/contract/fleet.ts";
import { Fragment, useMemo } from "react";
import { pausedReasonShort, stateTones } from "../integration/connection-state.ts";
import { useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";
import { VerdictChip } from "../runs/VerdictChip.tsx";
import { Chip } from "../ui/Chip.tsx";
import { type Column, DataTable } from "../ui/lists/DataTable.tsx";
import { FleetTasks } from "./FleetTasks.tsx";

export function FleetTable({ items }: { readonly items: readonly FleetConnection[] | undefined }) {
  const text = useText();
  const formats = useFormats();
  const columns = useMemo(
    (): Column<FleetConnection>[] => [
      {
        id: "customer",
        title: text("fleet.customer"),
        cell: ({ customerName, entityName }) => (
          <span className="block">
            <span className="block font-medium">{customerName}</span>
            <span className="block text-quiet">{entityName}</span>
          </span>
        ),
      },
      {
        id: "state",
        title: text("fleet.state"),
        cell: ({ state, mode, pausedReason }) => (
          <span className="block space-y-0.5">
            <Chip tone={stateTones[state]}>{text(`connection.state.${state}`)}</Chip>
            {state === "paused" && (
              <span className="block max-w-48 text-xs">{text(pausedReasonShort(pausedReason))}</span>
            )}
            {mode !== null && <span className="block text-xs text-quiet">{text(`mode.${mode}`)}</span>}
          </span>
        ),
      },
      {
        id: "freshness",
        title: text("fleet.freshness"),
        cell: ({ lastSuccessAt, freshness }) => (
          <span className="block space-y-0.5">
            <span className="block">
              {lastSuccessAt === null ? text("field.none") : formats.inWords(lastSuccessAt)}
            </span>
            {(freshness === "late" || freshness === "stale") && (
              <Chip tone={freshness === "late" ? "warning" : "danger"}>{text(`fleet.${freshness}`)}</Chip>
            )}
          </span>
        ),
      },
      {
        id: "verdict",
        title: text("fleet.verdict"),
        cell: ({ lastRun }) =>
          lastRun === null ? (
            text("field.none")
          ) : (
            <span className="block space-y-0.5">
              <VerdictChip run={lastRun} />
              {lastRun.errorCode !== null && (
                <span className="block text-xs text-quiet">
                  <Code code={lastRun.errorCode} />
                </span>
              )}
            </span>
          ),
      },
      {
        id: "issues",
        title: text("fleet.issues"),
        wide: true,
        cell: ({ issues }) =>
          issues.length === 0 ? (
            text("field.none")
          ) : (
            <ul>
              {issues.map(({ code, count }) => (
                <li key={code} className="text-xs">
                  {formats.number(count)} × <Code code={code} />
                </li>
              ))}
            </ul>
          ),
      },
      {
        id: "tasks",
        title: text("fleet.tasks"),
        wide: true,
        cell: ({ tasks, supportTask, entityName }) => (
          <FleetTasks tasks={tasks} supportTask={supportTask} entityName={entityName} />
        ),
      },
    ],
    [text, formats],
  );
  return (
    <DataTable
      label={text("fleet.title")}
      columns={columns}
      rows={items}
      rowKey={({ entityId }) => entityId}
    />
  );
}

/** A code may break after its underscores. */
function Code({ code }: { readonly code: string }) {
  return code.split("_").map((part, index) => (
    <Fragment key={part}>
      {index > 0 && (
        <>
          _<wbr />
        </>
      )}
      {part}
    </Fragment>
  ));
}
