import type { Connection } from "@payflip/contract/connection.ts";
import { useIsAdmin } from "../access/session.ts";
import { useText } from "../intl/messages.ts";
import { paths } from "../paths.ts";
import { ButtonLink } from "../ui/Button.tsx";
import { Notice } from "../ui/Notice.tsx";
import { pausedReasonText } from "./connection-state.ts";
import { SwitchOn } from "./SwitchOn.tsx";

/** Why the sync is paused and, for an admin, the button that resumes it. */
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
  if (pausedReason === "failing")
    return <SwitchOn entityId={entityId} label={text("connection.paused.switchOn")} />;
  if (pausedReason !== "consent_revoked" && pausedReason !== "number_changed") return null;
  return (
    <ButtonLink to={paths.activate} search={{ entity: entityId }} look="primary">
      {text("activation.consentAgain")}
    </ButtonLink>
  );
}
