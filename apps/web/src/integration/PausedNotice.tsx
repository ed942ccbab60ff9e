import type { Connection } from "@payflip/contract/connection.ts";
import { useIsAdmin } from "../access/session.ts";
import { useText } from "../intl/messages.ts";
import { paths } from "../paths.ts";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { Notice } from "../ui/Notice.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { pausedReasonText } from "./connection-state.ts";
import { useConnectionSwitch } from "./useConnectionSwitch.ts";

/** Why the synchronisation is paused and, for an admin, the way out of it. */
export function PausedNotice({ connection }: { readonly connection: Connection }) {
  const text = useText();
  const isAdmin = useIsAdmin();
  return (
    <Notice
      tone="danger"
      title={text("connection.paused.title")}
      actions={isAdmin && <WayOut connection={connection} />}
    >
      <p>{text(pausedReasonText(connection.pausedReason))}</p>
    </Notice>
  );
}

function WayOut({ connection: { entityId, pausedReason } }: { readonly connection: Connection }) {
  const text = useText();
  if (pausedReason === "failing") return <SwitchOn entityId={entityId} />;
  if (pausedReason !== "consent_revoked" && pausedReason !== "number_changed") return null;
  return (
    <ButtonLink to={paths.activate} search={{ entity: entityId }} look="primary">
      {text("activation.consentAgain")}
    </ButtonLink>
  );
}

/** Asks Liantis first: while it does not answer the connection stays paused, and says so. */
function SwitchOn({ entityId }: { readonly entityId: string }) {
  const text = useText();
  const enable = useConnectionSwitch(entityId, "enable");
  return (
    <>
      <Button look="primary" isPending={enable.isPending} onPress={() => enable.mutate()}>
        {text("connection.paused.switchOn")}
      </Button>
      {enable.isError && <ProblemNotice error={enable.error} className="basis-full" />}
    </>
  );
}
