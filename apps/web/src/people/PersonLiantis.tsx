import type { Explanation } from "@payflip/contract/explanation.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { RefreshCw } from "lucide-react";
import { useState } from "react";
import { useIsAdmin } from "../access/session.ts";
import { call } from "../api/call.ts";
import { explanationQuery } from "../api/decision-queries.ts";
import { employeeQuery } from "../api/queries.ts";
import { HoldCard } from "../holds/HoldCard.tsx";
import { Facts } from "../ui/Facts.tsx";
import { useText } from "../intl/messages.ts";
import { ExternalAnchor } from "../ui/WhereLink.tsx";
import { useFormats } from "../intl/useFormats.ts";
import { IssueRow } from "../issues/IssueGroupCard.tsx";
import { paths } from "../paths.ts";
import { StartedRun } from "../runs/StartedRun.tsx";
import { TaskCard } from "../tasks/TaskCard.tsx";
import { Button } from "../ui/Button.tsx";
import { Section } from "../ui/Page.tsx";
import { LoadProblem } from "../ui/Loaded.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { SkeletonBlock } from "../ui/Skeleton.tsx";
import { ExplainSteps } from "./ExplainSteps.tsx";
import { PersonChanges } from "./PersonChanges.tsx";

/** The explanation of a person: what the last run did and why, what is open, and what comes next. */
export function PersonLiantis() {
  const text = useText();
  const { employeeId } = useParams({ from: "/account/users/$employeeId" });
  const { data: employee } = useQuery(employeeQuery(employeeId));
  const { data, error, refetch } = useQuery(explanationQuery(employeeId));
  const [runId, setRunId] = useState<string>();
  if (error && data === undefined) {
    return <LoadProblem query={{ error, refetch }} />;
  }
  if (data === undefined || employee === undefined)
    return <SkeletonBlock label={text("state.loading")} lines={6} />;
  const { issues, tasks, holds } = data;
  return (
    <div className="space-y-5">
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Section id="steps" title={text("explain.steps")} description={data.summary}>
          <ExplainSteps steps={data.steps} />
        </Section>
        <LinkStatus explanation={data} onChecked={setRunId} />
      </div>
      {runId !== undefined && <StartedRun key={runId} runId={runId} />}
      {holds.length > 0 && (
        <section aria-label={text("explain.holds")} className="space-y-4">
          {holds.map((hold) => (
            <HoldCard key={hold.id} hold={hold} entityId={employee.entityId} />
          ))}
        </section>
      )}
      {issues.length > 0 && (
        <section aria-labelledby="person-issues" className="card">
          <h2 id="person-issues" className="border-b border-line px-5 py-3.5 font-semibold">
            {text("explain.issues")}
          </h2>
          <ul className="divide-y divide-line">
            {issues.map((issue) => (
              <IssueRow key={issue.id} issue={issue} isAlone />
            ))}
          </ul>
        </section>
      )}
      {tasks.length > 0 && (
        <section aria-label={text("explain.tasks")} className="space-y-4">
          {tasks.map((task) => (
            <TaskCard key={task.id} task={task} />
          ))}
        </section>
      )}
      <PersonChanges explanation={data} name={`${employee.firstName} ${employee.lastName}`} />
    </div>
  );
}

interface LinkStatusProps {
  readonly explanation: Explanation;
  readonly onChecked: (runId: string) => void;
}

function LinkStatus({ explanation, onChecked }: LinkStatusProps) {
  const text = useText();
  const formats = useFormats();
  const isAdmin = useIsAdmin();
  const { workerId, linkedAt, absentSince, lookedAt, runId, nextRunAt, liantisLink } = explanation;
  const moment = (instant: string) => (
    <span title={formats.instantInFull(instant)}>{formats.inWords(instant)}</span>
  );
  return (
    <Section id="link-status" title={"Liantis"}>
      <Facts
        facts={[
          { label: text("person.workerId"), value: workerId ?? text("field.none") },
          {
            label: text("explain.linkedAt"),
            value: linkedAt === null ? text("employee.notLinked") : moment(linkedAt),
          },
          ...(absentSince === null
            ? []
            : [{ label: text("explain.absentSince"), value: moment(absentSince) }]),
          {
            label: text("explain.lookedAt"),
            value:
              lookedAt === null ? (
                text("explain.never")
              ) : runId === null ? (
                moment(lookedAt)
              ) : (
                <Link to={paths.run} params={{ runId }} className="link">
                  {formats.inWords(lookedAt)}
                </Link>
              ),
          },
          {
            label: text("integration.nextRun"),
            value: nextRunAt === null ? text("integration.noNextRun") : moment(nextRunAt),
          },
        ]}
      />
      <div className="mt-4 space-y-3 text-sm">
        {isAdmin && <CheckNow explanation={explanation} onChecked={onChecked} />}
        {liantisLink !== null && (
          <ExternalAnchor href={liantisLink}>{text("person.openInLiantis")}</ExternalAnchor>
        )}
      </div>
    </Section>
  );
}

function CheckNow({ explanation: { employeeId, canCheck }, onChecked }: LinkStatusProps) {
  const text = useText();
  const check = useMutation({
    mutationFn: () => call("checkEmployee", { params: { id: employeeId } }),
    onSuccess: ({ runId }) => onChecked(runId),
  });
  return (
    <div className="space-y-1.5">
      <Button
        look="primary"
        isDisabled={!canCheck}
        isPending={check.isPending}
        onPress={() => check.mutate()}
      >
        {!check.isPending && <RefreshCw className="size-4" aria-hidden />}
        {text("explain.check")}
      </Button>
      <p className="text-quiet">{text(canCheck ? "explain.check.hint" : "explain.check.not")}</p>
      {check.isError && <ProblemNotice error={check.error} />}
    </div>
  );
}
