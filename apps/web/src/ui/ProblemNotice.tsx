import type { ReactNode } from "react";
import { ApiProblem } from "../api/problem.ts";
import { useText } from "../intl/messages.ts";
import { Notice } from "./Notice.tsx";

interface ProblemNoticeProps {
  readonly error: unknown;
  readonly actions?: ReactNode;
  readonly className?: string;
}

/** An error in the words of the server; only a lost connection has a text of the app. */
export function ProblemNotice({ error, actions, className }: ProblemNoticeProps) {
  const text = useText();
  const spacing = className === undefined ? {} : { className };
  if (!(error instanceof ApiProblem)) {
    return (
      <Notice tone="danger" role="alert" title={text("connection.lost.title")} actions={actions} {...spacing}>
        <p>{text("connection.lost.remedy")}</p>
      </Notice>
    );
  }
  const { title, detail, remedy, reference, reason } = error.problem;
  return (
    <Notice tone="danger" role="alert" title={title} actions={actions} {...spacing}>
      {detail && <p>{detail}</p>}
      {reason && reason !== detail && <p>{reason}</p>}
      {remedy && <p>{remedy}</p>}
      {reference && (
        <p className="text-quiet">
          {text("problem.reference")} <code className="font-mono text-xs select-all">{reference}</code>
        </p>
      )}
    </Notice>
  );
}
