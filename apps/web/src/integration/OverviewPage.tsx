import type { Connection } from "@payflip/contract/connection.ts";
import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { useEntity, useIsAdmin } from "../access/session.ts";
import { connectionQuery, runsQuery } from "../api/queries.ts";
import { HoldCard } from "../holds/HoldCard.tsx";
import { useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";
import { paths } from "../paths.ts";
import { RunProgress } from "../runs/RunProgress.tsx";
import { useLiveRun } from "../runs/useLiveRun.ts";
import { VerdictChip } from "../runs/VerdictChip.tsx";
import { ButtonLink } from "../ui/Button.tsx";
import { Notice } from "../ui/Notice.tsx";
import { Section } from "../ui/Page.tsx";
import { ConsentSection } from "./ConsentSection.tsx";
import { DangerZone } from "./DangerZone.tsx";
import { Facts } from "../ui/Facts.tsx";
import { NotSetUp } from "./NotSetUp.tsx";
import { PausedNotice } from "./PausedNotice.tsx";
import { SafetyChecks } from "./SafetyChecks.tsx";
import { SyncedData } from "./SyncedData.tsx";
import { isSetUp } from "./connection-state.ts";

export function OverviewPage() {
  const { entity: asked } = useSearch({ from: "/account/settings/integrations/liantis" });
  const entity = useEntity(asked);
  const { data: connection } = useQuery({
    ...connectionQuery(entity?.id ?? ""),
    enabled: entity !== undefined,
  });
  if (entity === undefined || connection === undefined) return null;
  if (!isSetUp(connection)) return <NotSetUp connection={connection} />;
  return <Overview connection={connection} entityName={entity.name} />;
}

interface OverviewProps {
  readonly connection: Connection;
  readonly entityName: string;
}

function Overview({ connection, entityName }: OverviewProps) {
  const text = useText();
  const isAdmin = useIsAdmin();
  return (
    <div className="space-y-5">
      {connection.state === "paused" && <PausedNotice connection={connection} />}
      {connection.currentRun && <CurrentRun runId={connection.currentRun.id} />}
      <Held connection={connection} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="space-y-5">
          <Timing connection={connection} />
          <Numbers connection={connection} />
        </div>
        <ConsentSection connection={connection} />
      </div>
      <Section id="data" title={text("data.title")}>
        <SyncedData />
      </Section>
      {isAdmin && <SafetyChecks key={connection.entityId} entityId={connection.entityId} />}
      {isAdmin && <DangerZone connection={connection} entityName={entityName} />}
    </div>
  );
}

/** A run on hold is shown whole; people on hold as a count with a link. */
function Held({ connection: { openHolds, entityId } }: { readonly connection: Connection }) {
  const text = useText();
  const runs = openHolds.filter(({ workerId }) => workerId === null);
  const people = openHolds.length - runs.length;
  return (
    <>
      {runs.map((hold) => (
        <HoldCard key={hold.id} hold={hold} entityId={entityId} />
      ))}
      {people > 0 && (
        <Notice
          tone="warning"
          title={text("holds.people", { count: people })}
          actions={
            <ButtonLink to={paths.holds} search={{ entity: entityId }}>
              {text("holds.see")}
            </ButtonLink>
          }
        />
      )}
    </>
  );
}

function CurrentRun({ runId }: { readonly runId: string }) {
  const text = useText();
  const { data: run } = useLiveRun(runId);
  if (run === undefined) return null;
  return (
    <Section id="current-run" title={text("sync.running")}>
      <RunProgress run={run} />
    </Section>
  );
}

function Timing({ connection }: { readonly connection: Connection }) {
  const text = useText();
  const formats = useFormats();
  const { data: runs } = useQuery(runsQuery(connection.entityId));
  const last = runs?.items.find(({ finishedAt }) => finishedAt !== null);
  const { lastSuccessAt, nextRunAt, freshness } = connection;
  return (
    <Section id="timing" title={text("integration.timing")}>
      <Facts
        facts={[
          {
            label: text("integration.lastRun"),
            value: last?.finishedAt ? (
              <span className="inline-flex flex-wrap items-center gap-2">
                <Link
                  to={paths.run}
                  params={{ runId: last.id }}
                  search={{ entity: connection.entityId }}
                  className="link"
                  title={formats.instantInFull(last.finishedAt)}
                >
                  {formats.inWords(last.finishedAt)}
                </Link>
                <VerdictChip run={last} />
              </span>
            ) : (
              text("integration.noRun")
            ),
          },
          {
            label: text("integration.freshness"),
            value:
              lastSuccessAt === null
                ? text("freshness.never")
                : text(`freshness.${freshness}`, { when: formats.inWords(lastSuccessAt) }),
          },
          {
            label: text("integration.nextRun"),
            value:
              nextRunAt === null ? (
                text("integration.noNextRun")
              ) : (
                <span title={formats.instantInFull(nextRunAt)}>{formats.inWords(nextRunAt)}</span>
              ),
          },
        ]}
      />
    </Section>
  );
}

function Numbers({ connection }: { readonly connection: Connection }) {
  const text = useText();
  const formats = useFormats();
  const isAdmin = useIsAdmin();
  const { entityId, counts, mode, openHolds } = connection;
  const linked = (path: NumberPath, count: number) => (
    <Link to={path} search={{ entity: entityId }} className="link">
      {formats.number(count)}
    </Link>
  );
  const facts = [
    { label: text("field.mode"), value: <ModeFact connection={connection} /> },
    { label: text("counts.employees"), value: linked(paths.users, counts.employees) },
    { label: text("issues.title"), value: linked(paths.issues, counts.issues) },
    ...(isAdmin ? [{ label: text("tasks.title"), value: linked(paths.tasks, counts.tasks) }] : []),
    { label: text("counts.held"), value: linked(paths.holds, openHolds.length) },
  ];
  const people = (count: number) => (isAdmin ? linked(paths.choices, count) : formats.number(count));
  const selective = [
    { label: text("counts.waiting"), value: people(counts.waiting) },
    { label: text("counts.excluded"), value: people(counts.excluded) },
  ];
  return (
    <Section id="numbers" title={text("integration.numbers")}>
      <Facts facts={mode === "selective" ? [...facts, ...selective] : facts} />
    </Section>
  );
}

type NumberPath =
  | typeof paths.users
  | typeof paths.issues
  | typeof paths.tasks
  | typeof paths.holds
  | typeof paths.choices;

function ModeFact({ connection: { entityId, mode, state } }: { readonly connection: Connection }) {
  const text = useText();
  const isAdmin = useIsAdmin();
  if (mode === null) return text("field.none");
  return (
    <span className="flex flex-wrap gap-x-3">
      {text(`mode.${mode}`)}
      {isAdmin && state === "active" && (
        <Link to={paths.mode} search={{ entity: entityId }} className="link">
          {text("modeChange.link")}
          <span className="sr-only"> {text("field.mode")}</span>
        </Link>
      )}
    </span>
  );
}
