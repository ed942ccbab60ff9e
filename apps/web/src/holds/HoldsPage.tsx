import type { Hold } from "@payflip/contract/holds.ts";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useEntity, useIsAdmin } from "../access/session.ts";
import { connectionQuery } from "../api/queries.ts";
import { tickedOf, withTicked } from "../ui/lists/selection.ts";
import { useText } from "../intl/messages.ts";
import { paths } from "../paths.ts";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/Page.tsx";
import { TickBox } from "../ui/lists/TickBox.tsx";
import { HoldCard } from "./HoldCard.tsx";
import { type Decision, HoldDecisionDialog } from "./HoldDecisionDialog.tsx";
import { HoldPreview } from "./HoldPreview.tsx";

/** All open holds: of runs, people and wages. Holds of people can be decided several at once. */
export function HoldsPage() {
  const text = useText();
  const { entity: asked } = useSearch({ from: "/account/settings/integrations/liantis" });
  const entityId = useEntity(asked)?.id ?? "";
  const { data: connection } = useQuery({ ...connectionQuery(entityId), enabled: entityId !== "" });
  const { hold: holdId, preview } = useSearch({ from: "/account/settings/integrations/liantis/holds" });
  const navigate = useNavigate();
  if (connection === undefined) return null;
  if (holdId !== undefined && preview !== undefined) {
    const go = (search: { hold?: string; preview?: string }) =>
      void navigate({ to: paths.holds, search: { entity: entityId, ...search } });
    return (
      <HoldPreview
        key={preview}
        holdId={holdId}
        previewId={preview}
        onPreview={(newer) => go({ hold: holdId, preview: newer })}
        onBack={() => go({})}
      />
    );
  }
  const { openHolds } = connection;
  if (openHolds.length === 0)
    return <EmptyState title={text("holds.none")}>{text("holds.none.why")}</EmptyState>;
  const people = openHolds.filter(({ workerId }) => workerId !== null);
  return (
    <div className="space-y-4">
      <p className="max-w-prose text-sm text-quiet">{text("holds.intro")}</p>
      {openHolds
        .filter(({ workerId }) => workerId === null)
        .map((hold) => (
          <HoldCard key={hold.id} hold={hold} entityId={entityId} />
        ))}
      <PeopleHolds holds={people} entityId={entityId} />
    </div>
  );
}

function PeopleHolds({ holds, entityId }: { readonly holds: readonly Hold[]; readonly entityId: string }) {
  const text = useText();
  const isAdmin = useIsAdmin();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [decision, setDecision] = useState<Decision>();
  const chosen = holds.filter(({ id }) => ticked.has(id));
  const isSeveral = isAdmin && holds.length > 1;
  const all = tickedOf(
    ticked,
    holds.map(({ id }) => id),
  );
  return (
    <>
      {isSeveral && (
        <div className="flex flex-wrap items-center gap-3 text-sm">
          <span className="flex items-center gap-2.5 pl-5">
            <TickBox
              label={text("hold.all")}
              isTicked={all === "all"}
              isPartly={all === "some"}
              onTick={(isTicked) => setTicked(new Set(isTicked ? holds.map(({ id }) => id) : []))}
            />
            <span aria-hidden>{text("hold.all")}</span>
          </span>
          <Button isDisabled={chosen.length === 0} onPress={() => setDecision("acceptance")}>
            {text("hold.accept.several", { count: chosen.length })}
          </Button>
          <Button isDisabled={chosen.length === 0} onPress={() => setDecision("rejection")}>
            {text("hold.reject.several", { count: chosen.length })}
          </Button>
        </div>
      )}
      {holds.map((hold) => (
        <HoldCard
          key={hold.id}
          hold={hold}
          entityId={entityId}
          tick={
            isSeveral && (
              <TickBox
                label={text("hold.tick", { name: hold.employeeName ?? hold.workerId })}
                isTicked={ticked.has(hold.id)}
                onTick={(isTicked) => setTicked(withTicked(ticked, [hold.id], isTicked))}
              />
            )
          }
        />
      ))}
      <HoldDecisionDialog
        holds={chosen}
        entityId={entityId}
        decision={decision}
        onClose={() => setDecision(undefined)}
        onDecided={() => setTicked(new Set())}
      />
    </>
  );
}
