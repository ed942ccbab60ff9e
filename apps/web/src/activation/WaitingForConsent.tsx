import { Hourglass } from "lucide-react";
import { useState } from "react";
import { useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";
import { Button } from "../ui/Button.tsx";
import type { ScreenProps } from "./screen.ts";
import { ConsentRequestForm } from "./ConsentRequestForm.tsx";

/** Another person was asked for the consent. The page follows the connection and moves on when it is given. */
export function WaitingForConsent({ connection: { consentRequest }, entity, onGo }: ScreenProps) {
  const text = useText();
  const formats = useFormats();
  const [isSendingAgain, setSendingAgain] = useState(false);
  return (
    <section className="card p-6">
      <Hourglass className="size-6 text-info-ink" aria-hidden />
      {consentRequest && (
        <>
          <p className="mt-3 font-semibold">
            {text("activation.waiting.line", {
              email: consentRequest.email,
              when: formats.inWords(consentRequest.requestedAt),
            })}
          </p>
          <p className="mt-1 text-quiet">
            {text("activation.waiting.until", { when: formats.instant(consentRequest.expiresAt) })}
          </p>
        </>
      )}
      <p className="mt-3 text-quiet">{text("activation.waiting.leave")}</p>
      {isSendingAgain ? (
        <ConsentRequestForm entityId={entity.id} onSent={() => setSendingAgain(false)} />
      ) : (
        <div className="mt-5 flex flex-wrap gap-2">
          <Button onPress={() => setSendingAgain(true)}>{text("activation.waiting.again")}</Button>
          <Button look="quiet" onPress={() => onGo("consent")}>
            {text("activation.waiting.self")}
          </Button>
        </div>
      )}
    </section>
  );
}
