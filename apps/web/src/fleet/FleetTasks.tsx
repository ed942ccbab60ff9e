import type { FleetConnection, FleetTask } from "@payflip/contract/fleet.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useSession } from "../access/session.ts";
import { call } from "../api/call.ts";
import { invalidate } from "../api/endpoint-query.ts";
import { useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";
import { Button } from "../ui/Button.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { announce } from "../ui/Toasts.tsx";

type FleetTasksProps = Pick<FleetConnection, "tasks" | "supportTask" | "entityName">;

/** The open tasks of a connection: the success manager's task in full, the customer's as counts. */
export function FleetTasks({ tasks, supportTask, entityName }: FleetTasksProps) {
  const text = useText();
  const formats = useFormats();
  const counted = tasks.filter(({ kind }) => kind !== "support" || supportTask === null);
  if (counted.length === 0 && supportTask === null) return text("field.none");
  return (
    <div className="space-y-2 text-xs">
      {supportTask !== null && <OwnTask key={supportTask.id} task={supportTask} entityName={entityName} />}
      {counted.length > 0 && (
        <ul>
          {counted.map(({ kind, count, dueOn }) => (
            <li key={kind}>
              {formats.number(count)} × {text(`tasks.kind.${kind}`)}
              {dueOn !== null && (
                <span className="block text-quiet">
                  {text("tasks.due", { date: formats.shortDate(dueOn) })}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function OwnTask({ task, entityName }: { readonly task: FleetTask; readonly entityName: string }) {
  const text = useText();
  const formats = useFormats();
  const isManager = useSession().role === "success_manager";
  return (
    <div className="max-w-64 space-y-1">
      <p className="font-medium">{task.title}</p>
      <p>{task.text}</p>
      <p className="text-quiet" title={formats.instantInFull(task.since)}>
        {text("fleet.taskSince", { when: formats.inWords(task.since) })}
      </p>
      {isManager && <Complete task={task} entityName={entityName} />}
    </div>
  );
}

function Complete({ task, entityName }: { readonly task: FleetTask; readonly entityName: string }) {
  const text = useText();
  const queryClient = useQueryClient();
  const complete = useMutation({
    mutationFn: () => call("completeFleetTask", { params: { id: task.id } }),
    onSuccess: async () => {
      announce(text("tasks.completed"));
      await invalidate(queryClient, "listFleet");
    },
  });
  return (
    <>
      <Button isPending={complete.isPending} onPress={() => complete.mutate()}>
        {text("tasks.complete")}
        <span className="sr-only">
          {task.title} {entityName}
        </span>
      </Button>
      {complete.isError && <ProblemNotice error={complete.error} />}
    </>
  );
}
