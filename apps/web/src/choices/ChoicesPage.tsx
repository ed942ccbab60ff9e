import type { Candidate } from "@payflip/contract/candidates.ts";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useEntity } from "../access/session.ts";
import { connectionQuery } from "../api/queries.ts";
import { currentLanguage } from "../intl/language.ts";
import { useText } from "../intl/messages.ts";
import { paths } from "../paths.ts";
import { StartedRun } from "../runs/StartedRun.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { EmptyState } from "../ui/Page.tsx";
import { LoadProblem } from "../ui/Loaded.tsx";
import { SkeletonBlock } from "../ui/Skeleton.tsx";
import { CandidatePicker } from "./CandidatePicker.tsx";
import { newcomersFirst } from "./candidate-filter.ts";
import { type ChoiceVerb, ChoiceDialog } from "./ChoiceDialog.tsx";
import { useCandidates } from "./useCandidates.ts";

/** Later choices in selective mode: sync, exclude or stop syncing. */
export function ChoicesPage() {
  const text = useText();
  const { entity: asked } = useSearch({ from: "/account/settings/integrations/liantis" });
  const entityId = useEntity(asked)?.id ?? "";
  const { data: connection } = useQuery({ ...connectionQuery(entityId), enabled: entityId !== "" });
  if (connection === undefined) return null;
  if (connection.mode !== "selective") {
    return (
      <EmptyState
        title={text("choices.full")}
        action={
          <ButtonLink to={paths.mode} search={{ entity: entityId }}>
            {text("modeChange.title")}
          </ButtonLink>
        }
      >
        {text("choices.full.why")}
      </EmptyState>
    );
  }
  return <Choices key={entityId} entityId={entityId} />;
}

const verbs = ["select", "exclude", "release"] as const satisfies readonly ChoiceVerb[];

function Choices({ entityId }: { readonly entityId: string }) {
  const text = useText();
  const { data, error, refetch, refresh } = useCandidates(entityId);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<ChoiceVerb>();
  const [runId, setRunId] = useState<string>();
  const candidates = useMemo(
    () => data && { ...data, people: newcomersFirst(data.people, currentLanguage()) },
    [data],
  );
  if (error && candidates === undefined) {
    return <LoadProblem query={{ error, refetch }} />;
  }
  if (candidates === undefined) return <SkeletonBlock label={text("picker.loading")} lines={8} />;
  const marked = candidates.people.filter(({ workerId }) => ticked.has(workerId));
  const applicable = (verb: ChoiceVerb) => marked.filter((person) => canBe(verb, person));
  return (
    <div className="space-y-4">
      <p className="max-w-prose text-sm text-quiet">{text("choices.intro")}</p>
      {runId !== undefined && <StartedRun key={runId} runId={runId} />}
      <CandidatePicker
        candidates={candidates}
        refresh={refresh}
        selected={new Set(marked.map(({ workerId }) => workerId))}
        onSelect={setTicked}
        withChoices
        footer={
          marked.length === 0 ? (
            <p className="text-sm text-quiet">{text("choices.none")}</p>
          ) : (
            verbs.map((verb) => {
              const count = applicable(verb).length;
              return (
                <Button
                  key={verb}
                  look={verb === "select" ? "primary" : "secondary"}
                  isDisabled={count === 0}
                  onPress={() => setAsked(verb)}
                >
                  {text(`choices.${verb}`, { count })}
                </Button>
              );
            })
          )
        }
      />
      {asked !== undefined && (
        <ChoiceDialog
          verb={asked}
          people={applicable(asked)}
          entityId={entityId}
          onClose={() => setAsked(undefined)}
          onChosen={(started) => {
            setAsked(undefined);
            setTicked(new Set());
            setRunId(started ?? undefined);
            // The progress of the run is at the top of the list.
            window.scrollTo({ top: 0 });
          }}
        />
      )}
    </div>
  );
}

/** Whether the choice changes anything: only a synced person can be released. */
function canBe(verb: ChoiceVerb, { choice }: Candidate): boolean {
  switch (verb) {
    case "select":
      return choice !== "selected";
    case "exclude":
      return choice === null || choice === "waiting";
    case "release":
      return choice === "selected";
  }
}
