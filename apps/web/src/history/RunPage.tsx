import type { Run } from "@payflip/contract/syncs.ts";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import { useIsAdmin } from "../access/session.ts";
import { isOver } from "../api/queries.ts";
import { HoldCard } from "../holds/HoldCard.tsx";
import { useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";
import { paths } from "../paths.ts";
import { ButtonLink } from "../ui/Button.tsx";
import { Loaded } from "../ui/Loaded.tsx";
import { Notice } from "../ui/Notice.tsx";
import { Breadcrumb, PageHeader, Section } from "../ui/Page.tsx";
import { RunChanges } from "./RunChanges.tsx";
import { RunCounts } from "../runs/RunCounts.tsx";
import { RunProgress } from "../runs/RunProgress.tsx";
import { UndoRun } from "../undo/UndoRun.tsx";
import { useLiveRun } from "../runs/useLiveRun.ts";
import { VerdictChip } from "../runs/VerdictChip.tsx";

export function RunPage() {
  const { runId } = useParams({ from: "/account/settings/integrations/liantis/runs/$runId" });
  const query = useLiveRun(runId);
  return (
    <Loaded query={query} lines={8}>
      {(run) => <RunDetails run={run} />}
    </Loaded>
  );
}

/** One run: how it ended, who is in which bucket, what it wrote and what is on hold. */
function RunDetails({ run }: { readonly run: Run }) {
  const text = useText();
  const formats = useFormats();
  const isAdmin = useIsAdmin();
  const { entity } = useSearch({ from: "/account/settings/integrations/liantis/runs/$runId" });
  const when = run.startedAt === null ? text("run.status.queued") : formats.instant(run.startedAt);
  const search = { entity: entity ?? run.entityId };
  return (
    <>
      <PageHeader
        title={text("run.title", { when })}
        breadcrumb={
          <Breadcrumb>
            {[
              <Link key="liantis" to={paths.liantis} search={search} className="link">
                Liantis
              </Link>,
              <Link key="history" to={paths.history} search={search} className="link">
                {text("history.title")}
              </Link>,
              when,
            ]}
          </Breadcrumb>
        }
        chip={<VerdictChip run={run} />}
        actions={isAdmin && isOver(run) && run.trigger !== "revert" && <UndoRun run={run} />}
        description={
          run.finishedAt === null
            ? text(`run.trigger.${run.trigger}`)
            : text("run.finished", {
                trigger: text(`run.trigger.${run.trigger}`),
                when: formats.instant(run.finishedAt),
              })
        }
      />
      <div className="space-y-5">
        {!isOver(run) && (
          <Section id="progress" title={text("wizard.sync.progress")}>
            <RunProgress run={run} />
          </Section>
        )}
        {run.verdict && <p className="max-w-prose">{text(`run.verdict.${run.verdict}.meaning`)}</p>}
        {run.previewId !== null && <Overtaken run={run} previewId={run.previewId} />}
        <RunCounts run={run} />
        {run.holds.map((hold) => (
          <HoldCard key={hold.id} hold={hold} entityId={run.entityId} />
        ))}
        <RunChanges run={run} />
      </div>
    </>
  );
}

/** The run was to apply a preview, but Liantis had changed: a link to the preview of the difference. */
function Overtaken({ run, previewId }: { readonly run: Run; readonly previewId: string }) {
  const text = useText();
  const search = { entity: run.entityId, preview: previewId };
  return (
    <Notice
      tone="warning"
      title={text("preview.outdated")}
      actions={
        run.trigger === "first" ? (
          <ButtonLink to={paths.activate} search={{ ...search, step: "review" }}>
            {text("preview.outdated.see")}
          </ButtonLink>
        ) : (
          <ButtonLink to={paths.mode} search={search}>
            {text("preview.outdated.see")}
          </ButtonLink>
        )
      }
    />
  );
}
