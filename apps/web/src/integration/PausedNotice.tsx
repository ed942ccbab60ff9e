import type { Connection } from "@payflip/contract/connection.ts";
import { useIsAdmin } from "../access/session.ts";
import { useText } from "../intl/messages.ts";
import { paths } from "../paths.ts";
import { ButtonLink } from "../ui/Button.tsx";
import { Notice } from "../ui/Notice.tsx";
import { pausedReasonText } from "./connection-state.ts";

export function PausedNotice({ connection }: { readonly connection: Connection }) {
  const text = useText();
  const isAdmin = useIsAdmin();
  const needsConsent = ["consent_revoked", "number_changed"].includes(connection.pausedReason ?? "");
  return (
    <Notice
      tone="danger"
      title={text("connection.paused.title")}
      actions={
        isAdmin &&
        needsConsent && (
          <ButtonLink to={paths.activate} search={{ entity: connection.entityId }} look="primary">
            {text("activation.consentAgain")}
          </ButtonLink>
        )
      }
    >
      <p>{text(pausedReasonText(connection.pausedReason))}</p>
    </Notice>
  );
}
