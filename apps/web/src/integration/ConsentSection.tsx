import type { Connection } from "@payflip/contract/connection.ts";
import { useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";
import { groupedEnterpriseNumber } from "../company/enterprise-number.ts";
import { Notice } from "../ui/Notice.tsx";
import { Section } from "../ui/Page.tsx";
import { Email, Facts } from "../ui/Facts.tsx";

/** The consent receipt: who gave the consent, when, and for which company. */
export function ConsentSection({ connection: { consent } }: { readonly connection: Connection }) {
  const text = useText();
  const formats = useFormats();
  return (
    <Section id="consent" title={text("consent.title")}>
      {consent === null ? (
        <p className="text-sm text-quiet">{text("consent.none")}</p>
      ) : (
        <>
          <Facts
            facts={[
              { label: text("consent.by"), value: consent.signerName ?? text("consent.unknown") },
              {
                label: text("field.email"),
                value:
                  consent.signerEmail === null ? (
                    text("consent.unknown")
                  ) : (
                    <Email address={consent.signerEmail} />
                  ),
              },
              { label: text("consent.at"), value: formats.instant(consent.grantedAt) },
              {
                label: text("field.enterpriseNumber"),
                value: groupedEnterpriseNumber(consent.enterpriseNumber),
              },
            ]}
          />
          {consent.signedByAnother && <Notice className="mt-4" title={text("consent.byAnother")} />}
        </>
      )}
    </Section>
  );
}
