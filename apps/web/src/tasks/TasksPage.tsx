import type { TaskKind, TaskStatus } from "@payflip/contract/tasks.ts";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEntity } from "../access/session.ts";
import { tasksQuery } from "../api/decision-queries.ts";
import { useText } from "../intl/messages.ts";
import { paths } from "../paths.ts";
import { taskKinds } from "../search.ts";
import { EmptyState } from "../ui/Page.tsx";
import { LoadedList } from "../ui/lists/LoadedList.tsx";
import { SelectInput } from "../ui/fields/SelectInput.tsx";
import { TaskCard } from "./TaskCard.tsx";

const statuses = ["open", "done", "closed"] as const satisfies readonly TaskStatus[];

/** The decisions that HR has to take, the most urgent first. */
export function TasksPage() {
  const text = useText();
  const {
    entity: asked,
    status = "open",
    kind,
  } = useSearch({
    from: "/account/settings/integrations/liantis/tasks",
  });
  const entityId = useEntity(asked)?.id ?? "";
  const query = useQuery({
    ...tasksQuery(entityId, status),
    enabled: entityId !== "",
  });
  const tasks = query.data?.filter((task) => kind === undefined || task.kind === kind);
  return (
    <div className="space-y-4">
      <p className="max-w-prose text-sm text-quiet">{text("tasks.intro")}</p>
      <TasksFilter status={status} kind={kind} />
      <LoadedList
        query={{ ...query, data: tasks }}
        empty={<NoTasks isAll={status === "open" && kind === undefined} />}
      >
        {(shown) => shown.map((task) => <TaskCard key={task.id} task={task} />)}
      </LoadedList>
    </div>
  );
}

function NoTasks({ isAll }: { readonly isAll: boolean }) {
  const text = useText();
  return isAll ? (
    <EmptyState title={text("tasks.none.open")}>{text("tasks.none.open.why")}</EmptyState>
  ) : (
    <EmptyState title={text("tasks.none.other")} />
  );
}

interface TasksFilterProps {
  readonly status: TaskStatus;
  readonly kind: TaskKind | undefined;
}

function TasksFilter({ status, kind }: TasksFilterProps) {
  const text = useText();
  const navigate = useNavigate();
  const { entity } = useSearch({ from: "/account/settings/integrations/liantis/tasks" });
  const filter = (change: { status?: TaskStatus; kind?: TaskKind | undefined }) => {
    const wanted = { status, kind, ...change };
    void navigate({
      to: paths.tasks,
      search: {
        entity,
        status: wanted.status === "open" ? undefined : wanted.status,
        kind: wanted.kind,
      },
      replace: true,
    });
  };
  return (
    <div className="flex flex-wrap items-end gap-3">
      <SelectInput
        label={text("tasks.status")}
        className="w-full sm:w-52"
        value={status}
        options={statuses.map((value) => ({ value, label: text(`tasks.status.${value}`) }))}
        onChange={(value) => filter({ status: value })}
      />
      <SelectInput
        label={text("tasks.kind")}
        className="w-full sm:w-52"
        value={kind ?? "all"}
        options={[
          { value: "all" as const, label: text("tasks.kind.all") },
          ...taskKinds.map((value) => ({ value, label: text(`tasks.kind.${value}`) })),
        ]}
        onChange={(value) => filter({ kind: value === "all" ? undefined : value })}
      />
    </div>
  );
}
