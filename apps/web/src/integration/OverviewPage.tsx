import type { Connection } from "@payflip/contract/connection.ts";
import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { useEntity, useIsAdmin } from "../access/session.ts";
import { connectionQuery, runsQuery } from "../api/queries.ts";
import { useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";
import { paths } from "../paths.ts";
import { HoldCard } from "../syncs/HoldCard.tsx";
import { RunProgress } from "../syncs/RunProgress.tsx";
import { useLiveRun } from "../syncs/useLiveRun.ts";
import { VerdictChip } from "../syncs/VerdictChip.tsx";
import { Section } from "../ui/Page.tsx";
import { ConsentSection } from "./ConsentSection.tsx";
import { DangerZone } from "./DangerZone.tsx";
import { Facts } from "./Facts.tsx";
import { NotSetUp } from "./NotSetUp.tsx";
import { PausedNotice } from "./PausedNotice.tsx";
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
      {connection.openHolds.map((hold) => (
        <HoldCard key={hold.id} hold={hold} entityId={connection.entityId} />
      ))}
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
      {isAdmin && <DangerZone connection={connection} entityName={entityName} />}
    </div>
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

function Numbers({ connection: { entityId, counts, mode } }: { readonly connection: Connection }) {
  const text = useText();
  const formats = useFormats();
  const facts = [
    { label: text("field.mode"), value: mode === null ? text("field.none") : text(`mode.${mode}`) },
    {
      label: text("counts.employees"),
      value: (
        <Link to={paths.users} search={{ entity: entityId }} className="link">
          {formats.number(counts.employees)}
        </Link>
      ),
    },
    {
      label: text("issues.title"),
      value: (
        <Link to={paths.issues} search={{ entity: entityId }} className="link">
          {formats.number(counts.issues)}
        </Link>
      ),
    },
    { label: text("counts.held"), value: formats.number(counts.held) },
  ];
  const selective = [
    { label: text("counts.waiting"), value: formats.number(counts.waiting) },
    { label: text("counts.excluded"), value: formats.number(counts.excluded) },
  ];
  return (
    <Section id="numbers" title={text("integration.numbers")}>
      <Facts facts={mode === "selective" ? [...facts, ...selective] : facts} />
    </Section>
  );
}
