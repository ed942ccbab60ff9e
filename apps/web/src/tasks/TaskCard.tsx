import type { Task, TaskKind } from "@payflip/contract/tasks.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CalendarClock } from "lucide-react";
import { useState } from "react";
import { useIsAdmin } from "../access/session.ts";
import { call } from "../api/call.ts";
import { invalidate } from "../api/endpoint-query.ts";
import { type MessageId, useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";
import { paths } from "../paths.ts";
import { Button } from "../ui/Button.tsx";
import { CheckboxInput } from "../ui/fields/CheckboxInput.tsx";
import { Chip } from "../ui/Chip.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { announce } from "../ui/Toasts.tsx";
import { WhereLink } from "../ui/WhereLink.tsx";

/** What `dueOn` means for these kinds; for the others it is a deadline. */
const dueTexts: Readonly<Partial<Record<TaskKind, MessageId>>> = {
  leaver: "tasks.due.leaver",
  contract_ending: "tasks.due.contractEnding",
};

/** The page on which a task is decided. */
const pageTexts: Readonly<Record<TaskKind, MessageId>> = {
  leaver: "tasks.go.employee",
  newcomers_waiting: "tasks.go.choices",
  no_budget: "tasks.go.employee",
  not_invited: "tasks.go.employee",
  contract_ending: "tasks.go.employee",
  entity_move: "tasks.go.case",
  support: "tasks.go.connection",
};

/** A task: the person, the steps, and the page where it is decided. */
export function TaskCard({ task }: { readonly task: Task }) {
  const text = useText();
  const formats = useFormats();
  const isAdmin = useIsAdmin();
  const isOpen = task.status === "open";
  return (
    <section aria-labelledby={`task-${task.id}`} className="card p-5 text-sm">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 id={`task-${task.id}`} className="text-base font-semibold">
          {task.title}
        </h2>
        <Chip>{text(`tasks.kind.${task.kind}`)}</Chip>
        {task.dueOn !== null && isOpen && (
          <Chip
            tone={task.kind !== "leaver" && task.dueOn <= formats.today() ? "danger" : "warning"}
            icon={CalendarClock}
          >
            {text(dueTexts[task.kind] ?? "tasks.due", { date: formats.shortDate(task.dueOn) })}
          </Chip>
        )}
        {task.count !== null && <Chip tone="info">{text("tasks.people", { count: task.count })}</Chip>}
      </div>
      <TaskPerson task={task} />
      <p className="mt-2 max-w-prose">{task.text}</p>
      {task.steps.length > 0 && <Steps task={task} isOpen={isOpen} />}
      <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        {isAdmin && isOpen && <Complete task={task} />}
        {task.link !== null && (
          <WhereLink link={task.link} here={text(pageTexts[task.kind])} there={text("where.liantis")} />
        )}
      </div>
    </section>
  );
}

function TaskPerson({ task }: { readonly task: Task }) {
  const text = useText();
  const formats = useFormats();
  const { employeeId, employeeName, employeeNumber, firstSeenAt } = task;
  return (
    <p className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-quiet">
      {employeeId !== null && employeeName !== null && (
        <Link to={paths.person} params={{ employeeId }} className="link font-medium">
          {employeeName}
        </Link>
      )}
      {employeeNumber !== null && <span>{text("issues.number", { number: employeeNumber })}</span>}
      <span title={formats.instantInFull(firstSeenAt)}>
        {text("issues.sinceWhen", { when: formats.inWords(firstSeenAt) })}
      </span>
    </p>
  );
}

/** Steps to tick off. The ticks are not stored; only "Mark as done" completes the task. */
function Steps({ task, isOpen }: { readonly task: Task; readonly isOpen: boolean }) {
  const text = useText();
  const [done, setDone] = useState<readonly string[]>([]);
  return (
    <ol aria-label={text("tasks.steps", { title: task.title })} className="mt-3 space-y-1.5">
      {task.steps.map((step) => (
        <li key={step} className="max-w-prose">
          {isOpen ? (
            <CheckboxInput
              isSelected={done.includes(step)}
              onChange={(isDone) =>
                setDone(isDone ? [...done, step] : done.filter((other) => other !== step))
              }
            >
              {step}
            </CheckboxInput>
          ) : (
            step
          )}
        </li>
      ))}
    </ol>
  );
}

function Complete({ task }: { readonly task: Task }) {
  const text = useText();
  const queryClient = useQueryClient();
  const complete = useMutation({
    mutationFn: () => call("completeTask", { params: { id: task.id } }),
    onSuccess: async () => {
      announce(text("tasks.completed"));
      await invalidate(queryClient, ["listTasks", "readConnection", "explainEmployee"]);
    },
  });
  return (
    <>
      <Button isPending={complete.isPending} onPress={() => complete.mutate()}>
        {text("tasks.complete")}
        <span className="sr-only">
          {task.title} {task.employeeName}
        </span>
      </Button>
      {complete.isError && <ProblemNotice error={complete.error} className="basis-full" />}
    </>
  );
}
