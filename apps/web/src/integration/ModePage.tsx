import type { Connection, Mode } from "@payflip/contract/connection.ts";
import type { RunStarted } from "@payflip/contract/syncs.ts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect, useState } from "react";
import { useEntity } from "../access/session.ts";
import { call } from "../api/call.ts";
import { invalidate } from "../api/endpoint-query.ts";
import { shownByRuns } from "../api/shown-by-runs.ts";
import { previewQuery } from "../api/decision-queries.ts";
import { connectionQuery } from "../api/queries.ts";
import { storeSelection } from "../choices/stored-selection.ts";
import { useKnownWorkers } from "../previews/useKnownWorkers.ts";
import { WorkerPicker } from "../choices/WorkerPicker.tsx";
import { useText } from "../intl/messages.ts";
import { paths } from "../paths.ts";
import { peopleInScope, PreviewReview } from "../previews/PreviewReview.tsx";
import { useStartPreview } from "../previews/usePreviews.ts";
import { StartedRun } from "../runs/StartedRun.tsx";
import { useLiveRun } from "../runs/useLiveRun.ts";
import { Button } from "../ui/Button.tsx";
import { Notice } from "../ui/Notice.tsx";
import { PagePart } from "../ui/Page.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { ModeCards } from "./ModeCards.tsx";

interface Changed extends RunStarted {
  readonly former: Mode;
}

/** Changes the sync method: choose, preview, confirm. */
export function ModePage() {
  const text = useText();
  const { entity: asked } = useSearch({ from: "/account/settings/integrations/liantis" });
  const entityId = useEntity(asked)?.id ?? "";
  const { data: connection } = useQuery({ ...connectionQuery(entityId), enabled: entityId !== "" });
  const [changed, setChanged] = useState<Changed>();
  const go = useGo(entityId);
  const ask = useCallback(
    (preview: string) => {
      setChanged(undefined);
      go({ preview });
    },
    [go],
  );
  if (connection === undefined || connection.mode === null) return null;
  return (
    <PagePart id="mode" title={text("modeChange.title")} description={text("modeChange.intro")}>
      {changed === undefined ? (
        <ModeChange connection={connection} mode={connection.mode} onChanged={setChanged} />
      ) : (
        <Done connection={connection} changed={changed} onAsk={ask} />
      )}
    </PagePart>
  );
}

interface ModeChangeProps {
  readonly connection: Connection;
  readonly mode: Mode;
  readonly onChanged: (changed: Changed) => void;
}

function ModeChange({ connection, mode, onChanged }: ModeChangeProps) {
  const text = useText();
  const { entityId } = connection;
  const { to: asked, preview } = useSearch({ from: "/account/settings/integrations/liantis/mode" });
  const go = useGo(entityId);
  if (preview !== undefined) return <Review entityId={entityId} mode={mode} onChanged={onChanged} />;
  if (asked === "selective") {
    return (
      <WorkerPicker
        entityId={entityId}
        isPreselected={({ choice, employeeId }) =>
          choice === "selected" || (choice === null && employeeId !== null)
        }
        back={<Button onPress={() => go({})}>{text("wizard.back")}</Button>}
        onPreview={(previewId) => go({ mode: asked, preview: previewId })}
      />
    );
  }
  return <Method connection={connection} mode={mode} />;
}

function Method({ connection, mode }: Omit<ModeChangeProps, "onChanged">) {
  const text = useText();
  const go = useGo(connection.entityId);
  const [wanted, setWanted] = useState(mode);
  const start = useStartPreview(connection.entityId);
  const next = () => {
    if (wanted === "selective") return go({ mode: "selective" });
    start.mutate(
      { mode: "full" },
      { onSuccess: ({ previewId }) => go({ mode: "full", preview: previewId }) },
    );
  };
  return (
    <>
      <ModeCards mode={wanted} onMode={setWanted} fullAllowed={connection.fullAllowed} />
      {start.isError && <ProblemNotice error={start.error} />}
      <div className="flex flex-wrap items-center justify-end gap-3">
        {wanted === mode && <p className="text-sm text-quiet">{text("modeChange.same")}</p>}
        <Button look="primary" isDisabled={wanted === mode} isPending={start.isPending} onPress={next}>
          {text("wizard.next")}
        </Button>
      </div>
    </>
  );
}

function Review({
  entityId,
  mode,
  onChanged,
}: Omit<ModeChangeProps, "connection"> & { readonly entityId: string }) {
  const text = useText();
  const queryClient = useQueryClient();
  const { to: asked, preview: previewId = "" } = useSearch({
    from: "/account/settings/integrations/liantis/mode",
  });
  const go = useGo(entityId);
  const { data: preview } = useQuery(previewQuery(previewId));
  const wanted = preview?.mode ?? asked ?? mode;
  const workers = useKnownWorkers(entityId);
  return (
    <PreviewReview
      previewId={previewId}
      workers={workers}
      confirmLabel={(ready) => text("modeChange.confirm", { count: peopleInScope(ready) })}
      confirm={(previewHash) =>
        call("changeMode", { params: { id: entityId }, body: { mode: wanted, previewHash } })
      }
      onConfirmed={({ runId }) => {
        storeSelection(entityId, undefined);
        onChanged({ runId, former: mode });
        void invalidate(queryClient, shownByRuns);
      }}
      onReplaced={(newer) => go({ mode: asked, preview: newer })}
      onBack={() => go(wanted === "selective" ? { mode: "selective" } : {})}
    />
  );
}

interface DoneProps {
  readonly connection: Connection;
  readonly changed: Changed;
  /** A new preview must be confirmed. */
  readonly onAsk: (previewId: string) => void;
}

/** The change takes effect when its run begins to write; then a button starts the preview of the former method. */
function Done({ connection, changed: { runId, former }, onAsk }: DoneProps) {
  const { entityId, fullAllowed, mode } = connection;
  const text = useText();
  const start = useStartPreview(entityId);
  const { data: run } = useLiveRun(runId);
  const newer = run?.previewId;
  useEffect(() => {
    // Liantis changed since the preview: nothing was applied, and the new preview must be confirmed.
    if (newer) onAsk(newer);
  }, [newer, onAsk]);
  const back = () => start.mutate({ mode: former }, { onSuccess: ({ previewId }) => onAsk(previewId) });
  return (
    <>
      {mode !== former && (
        <output className="block">
          <Notice
            tone="success"
            title={text("modeChange.done")}
            actions={
              (former === "selective" || fullAllowed) && (
                <Button isPending={start.isPending} onPress={back}>
                  {text(`modeChange.back.${former}`)}
                </Button>
              )
            }
          >
            <p>{text("modeChange.back.hint")}</p>
          </Notice>
        </output>
      )}
      {start.isError && <ProblemNotice error={start.error} />}
      <StartedRun runId={runId} />
    </>
  );
}

function useGo(entityId: string) {
  const navigate = useNavigate();
  return useCallback(
    ({ mode, preview }: { mode?: Mode | undefined; preview?: string }) =>
      void navigate({ to: paths.mode, search: { entity: entityId, to: mode, preview } }),
    [navigate, entityId],
  );
}
