import { Link } from "@tanstack/react-router";
import { isOver } from "../api/queries.ts";
import { useText } from "../intl/messages.ts";
import { paths } from "../paths.ts";
import { Section } from "../ui/Page.tsx";
import { RunProgress } from "./RunProgress.tsx";
import { useLiveRun } from "./useLiveRun.ts";

/** The progress of a run that was just started, then a link to its result. */
export function StartedRun({ runId }: { readonly runId: string }) {
  const text = useText();
  const { data: run } = useLiveRun(runId);
  if (run === undefined) return null;
  return (
    <Section id="started" title={text("started.title")}>
      <RunProgress run={run} />
      {isOver(run) && (
        <p className="mt-3 text-sm">
          <Link to={paths.run} params={{ runId }} search={{ entity: run.entityId }} className="link">
            {text("started.result")}
          </Link>
        </p>
      )}
    </Section>
  );
}
