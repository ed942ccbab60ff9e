import type { Issue, IssueSeverity } from "@payflip/contract/issues.ts";
import { Link } from "@tanstack/react-router";
import { CircleAlert, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useIsAdmin } from "../access/session.ts";
import { type MessageId, useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";
import { paths } from "../paths.ts";
import { Chip, type Tone } from "../ui/Chip.tsx";
import { WhereLink } from "../ui/WhereLink.tsx";
import { AcceptIssue } from "./AcceptIssue.tsx";
import { CheckAgain, CheckProgress } from "./CheckAgain.tsx";
import type { IssueGroup } from "./group-issues.ts";

const looks: Readonly<Record<IssueSeverity, { tone: Tone; icon: LucideIcon }>> = {
  error: { tone: "danger", icon: CircleAlert },
  warning: { tone: "warning", icon: TriangleAlert },
  notice: { tone: "info", icon: Info },
};

/** One cause: how often, and a row for each person. */
export function IssueGroupCard({ group }: { readonly group: IssueGroup }) {
  const text = useText();
  const { tone, icon } = looks[group.severity];
  const anchor = `issue-${group.code}`;
  return (
    <section aria-labelledby={anchor} className="card">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-5 py-3.5">
        <h2 id={anchor} className="font-semibold">
          {text("issues.group", { count: group.issues.length, title: group.title })}
        </h2>
        <Chip tone={tone} icon={icon}>
          {text(severityText(group))}
        </Chip>
      </header>
      <ul className="divide-y divide-line">
        {group.issues.map((issue) => (
          <IssueRow key={issue.id} issue={issue} />
        ))}
      </ul>
    </section>
  );
}

interface IssueRowProps {
  readonly issue: Issue;
  /** It is shown without its group, on the page of its person. */
  readonly isAlone?: boolean;
}

/** One issue of one person. */
export function IssueRow({ issue, isAlone = false }: IssueRowProps) {
  const text = useText();
  const isAdmin = useIsAdmin();
  const formats = useFormats();
  const [runId, setRunId] = useState<string>();
  const isOpen = isAdmin && issue.status === "open";
  return (
    <li className="grid gap-x-6 gap-y-2 px-5 py-4 text-sm lg:grid-cols-[13rem_minmax(0,1fr)_11rem]">
      <div>
        <Who issue={issue} />
        {issue.employeeNumber !== null && (
          <p className="text-quiet">{text("issues.number", { number: issue.employeeNumber })}</p>
        )}
      </div>
      <div className="min-w-0 max-w-prose space-y-1.5">
        {isAlone && <p className="font-medium">{issue.title}</p>}
        <p>{issue.cause}</p>
        <p>
          <span className="font-medium">{text("issues.do")}</span> {issue.remedy}
        </p>
        <WhereLink link={issue.link} here={text("issues.openHere")} there={text("where.liantis")} />
        {issue.status === "accepted" && <Acceptance issue={issue} />}
        {runId !== undefined && <CheckProgress key={runId} runId={runId} />}
      </div>
      <div className="space-y-1 text-quiet">
        <p title={formats.instantInFull(issue.firstSeenAt)}>
          {text("issues.sinceWhen", { when: formats.inWords(issue.firstSeenAt) })}
        </p>
        {issue.runs > 0 && <p>{text("issues.runsCount", { count: issue.runs })}</p>}
        {issue.severity !== "notice" && <p>{text(`issues.who.${issue.who}`)}</p>}
        {isOpen && !isAlone && issue.workerId !== null && (
          <CheckAgain issue={issue} workerId={issue.workerId} onStarted={setRunId} />
        )}
        {isOpen && isAcceptable(issue) && <AcceptIssue issue={issue} />}
      </div>
    </li>
  );
}

/** Why the issue was accepted, and until when. */
function Acceptance({ issue: { acceptedReason, reviewOn } }: { readonly issue: Issue }) {
  const text = useText();
  const formats = useFormats();
  return (
    <p className="text-quiet">
      {acceptedReason === null
        ? text("issues.acceptedPlain")
        : text("issues.acceptedBecause", { reason: acceptedReason })}
      {reviewOn !== null && (
        <span className="block">{text("issues.reviewOn", { date: formats.date(reviewOn) })}</span>
      )}
    </p>
  );
}

/** An error about the whole connection does not block one person. */
function severityText({ severity, issues }: IssueGroup): MessageId {
  const isAboutConnection = issues.every(({ workerId }) => workerId === null);
  return severity === "error" && isAboutConnection
    ? "issues.severity.errorOfConnection"
    : `issues.severity.${severity}`;
}

function Who({ issue: { employeeId, employeeName, workerId } }: { readonly issue: Issue }) {
  const text = useText();
  const name = employeeName ?? text(workerId === null ? "issues.noPerson" : "issues.noName");
  if (employeeId === null) return <p className="font-medium">{name}</p>;
  return (
    <Link to={paths.person} params={{ employeeId }} className="link font-medium">
      {name}
    </Link>
  );
}

/** Warnings and notices can be accepted; of the errors only AMBIGUOUS_MATCH. */
function isAcceptable({ severity, code }: Issue): boolean {
  return severity !== "error" || code === "AMBIGUOUS_MATCH";
}
