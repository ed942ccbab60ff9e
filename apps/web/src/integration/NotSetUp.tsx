import type { Connection } from "@payflip/contract/connection.ts";
import { useQuery } from "@tanstack/react-query";
import { useIsAdmin } from "../access/session.ts";
import { sessionOptionsQuery } from "../api/queries.ts";
import { useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";
import { paths } from "../paths.ts";
import { ButtonLink } from "../ui/Button.tsx";
import { Notice } from "../ui/Notice.tsx";
import { Section } from "../ui/Page.tsx";
import { SyncedData } from "./SyncedData.tsx";

/** What the integration does, and the next step: a button, or the person to ask. */
export function NotSetUp({ connection }: { readonly connection: Connection }) {
  const text = useText();
  const isAdmin = useIsAdmin();
  return (
    <div className="space-y-5">
      {connection.state === "unavailable" ? (
        <AskSuccessManager />
      ) : isAdmin ? (
        <NextStep connection={connection} />
      ) : (
        <Notice title={text("connection.readerOnly")} />
      )}
      <Section id="data" title={text("data.title")}>
        <SyncedData />
      </Section>
    </div>
  );
}

function NextStep({ connection }: { readonly connection: Connection }) {
  const text = useText();
  const formats = useFormats();
  const { state, consentRequest } = connection;
  const body =
    state === "consent_requested" && consentRequest
      ? text("activation.waiting.line", {
          email: consentRequest.email,
          when: formats.inWords(consentRequest.requestedAt),
        })
      : state === "choosing"
        ? text("connection.line.choosing")
        : text("activation.invite");
  return (
    <Section id="next-step" title={text("activation.title")} description={body}>
      <ButtonLink to={paths.activate} search={{ entity: connection.entityId }} look="primary">
        {state === "available" ? text("activation.start") : text("activation.continue")}
      </ButtonLink>
    </Section>
  );
}

/** Who can make the integration available, and how to reach them. */
export function AskSuccessManager() {
  const text = useText();
  const { data: options } = useQuery(sessionOptionsQuery);
  return (
    <Notice title={text("connection.unavailable.title")}>
      <p>
        {text("connection.unavailable.body")}{" "}
        {options?.supportEmail && (
          <a className="link" href={`mailto:${options.supportEmail}`}>
            {options.supportEmail}
          </a>
        )}
      </p>
    </Notice>
  );
}
