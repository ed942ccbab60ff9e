import type { Run } from "@payflip/contract/syncs.ts";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { isOver, runsQuery } from "../api/queries.ts";
import { useText } from "../intl/messages.ts";
import { paths } from "../paths.ts";
import { RunCounts } from "../runs/RunCounts.tsx";
import { RunProgress } from "../runs/RunProgress.tsx";
import { useLiveRun } from "../runs/useLiveRun.ts";
import { ButtonLink } from "../ui/Button.tsx";
import { Notice } from "../ui/Notice.tsx";
import { Section } from "../ui/Page.tsx";
import { SkeletonBlock } from "../ui/Skeleton.tsx";
import type { ScreenProps } from "./screen.ts";

/** The progress of the first run; when it has finished, the next steps for HR. */
export function FirstSyncStep({ connection, entity, onGo }: ScreenProps) {
  const text = useText();
  const { data: runs } = useQuery({ ...runsQuery(entity.id), enabled: connection.currentRun === null });
  const runId = connection.currentRun?.id ?? runs?.items.find(({ trigger }) => trigger === "first")?.id;
  if (runId !== undefined) return <FirstRun runId={runId} entityId={entity.id} onGo={onGo} />;
  if (runs === undefined) return <SkeletonBlock label={text("state.loading")} />;
  return (
    <Notice
      tone="success"
      title={text("wizard.sync.active")}
      actions={
        <ButtonLink to={paths.liantis} search={{ entity: entity.id }}>
          {text("wizard.sync.toIntegration")}
        </ButtonLink>
      }
    />
  );
}

interface FirstRunProps extends Pick<ScreenProps, "onGo"> {
  readonly runId: string;
  readonly entityId: string;
}

function FirstRun({ runId, entityId, onGo }: FirstRunProps) {
  const text = useText();
  const { data: run } = useLiveRun(runId);
  // Liantis changed since the preview: nothing was applied, and the new preview must be confirmed.
  const newer = run?.previewId;
  useEffect(() => {
    if (newer) onGo("review", newer);
  }, [newer, onGo]);
  if (run === undefined) return <SkeletonBlock label={text("state.loading")} />;
  return (
    <>
      <Section id="progress" title={text("wizard.sync.progress")}>
        <RunProgress run={run} />
        {!isOver(run) && <p className="mt-4 text-sm text-quiet">{text("wizard.sync.leave")}</p>}
      </Section>
      <RunCounts run={run} />
      {isOver(run) && <NextJobs run={run} entityId={entityId} />}
    </>
  );
}

function NextJobs({ run, entityId }: { readonly run: Run; readonly entityId: string }) {
  const text = useText();
  const people = run.counts.created + run.counts.linked;
  return (
    <Section id="next" title={text("next.title")} description={text("next.why")}>
      <ol className="list-decimal space-y-2 pl-5">
        <li>{text("next.budgets", { count: people })}</li>
        <li>{text("next.invitations", { count: people })}</li>
      </ol>
      <div className="mt-5 flex flex-wrap gap-2">
        <ButtonLink to={paths.users} search={{ entity: entityId }} look="primary">
          {text("next.users")}
        </ButtonLink>
        {run.verdict === "in_order" ? (
          <ButtonLink to={paths.liantis} search={{ entity: entityId }}>
            {text("wizard.sync.toIntegration")}
          </ButtonLink>
        ) : (
          <ButtonLink to={paths.issues} search={{ entity: entityId }}>
            {text("next.issues")}
          </ButtonLink>
        )}
      </div>
    </Section>
  );
}
