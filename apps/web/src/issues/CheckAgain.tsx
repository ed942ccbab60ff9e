import type { Issue } from "@payflip/contract/issues.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { RefreshCw } from "lucide-react";
import { useEffect } from "react";
import { call } from "../api/call.ts";
import { connectionQuery, isOver } from "../api/queries.ts";
import { useText } from "../intl/messages.ts";
import { paths } from "../paths.ts";
import { RunProgress } from "../runs/RunProgress.tsx";
import { useLiveRun } from "../runs/useLiveRun.ts";
import { Button } from "../ui/Button.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { announce } from "../ui/Toasts.tsx";

interface CheckAgainProps {
  readonly issue: Issue;
  /** The worker that is fetched. */
  readonly workerId: string;
  readonly onStarted: (runId: string) => void;
}

/** Fetches the person of an issue again, after it was fixed at Liantis. */
export function CheckAgain({ issue, workerId, onStarted }: CheckAgainProps) {
  const text = useText();
  const { data: connection } = useQuery(connectionQuery(issue.entityId));
  const check = useMutation({
    mutationFn: () => call("checkWorker", { params: { id: issue.entityId, workerId } }),
    onSuccess: ({ runId }) => onStarted(runId),
  });
  if (connection?.state !== "active") return null;
  return (
    <>
      <Button isPending={check.isPending} onPress={() => check.mutate()}>
        {!check.isPending && <RefreshCw className="size-4" aria-hidden />}
        {text("issues.checkAgain")}
        <span className="sr-only">{issue.employeeName ?? issue.employeeNumber}</span>
      </Button>
      {check.isError && <ProblemNotice error={check.error} />}
    </>
  );
}

/** The progress of the check. Issues that it solves disappear from the list. */
export function CheckProgress({ runId }: { readonly runId: string }) {
  const text = useText();
  const { data: run } = useLiveRun(runId);
  const over = run !== undefined && isOver(run);
  useEffect(() => {
    if (over) announce(text("issues.checked"));
  }, [over, text]);
  useEffect(() => keepFocus, []);
  if (run === undefined) return null;
  return (
    <div className="space-y-2">
      <RunProgress run={run} />
      {over && (
        <Link to={paths.run} params={{ runId }} search={{ entity: run.entityId }} className="link">
          {text("started.result")}
        </Link>
      )}
    </div>
  );
}

/** A solved issue disappears with its button: the focus moves to the page, so that keyboard users keep their place. */
function keepFocus(): void {
  if (document.activeElement === document.body)
    document.querySelector<HTMLElement>("#main")?.focus({ preventScroll: true });
}
