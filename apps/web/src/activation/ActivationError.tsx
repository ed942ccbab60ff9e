import type { Entity } from "@payflip/contract/entities.ts";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import type { ApiProblem } from "../api/problem.ts";
import { sessionOptionsQuery } from "../api/queries.ts";
import { groupedVatNumber } from "../company/enterprise-number.ts";
import { Facts } from "../ui/Facts.tsx";
import { useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";
import { paths } from "../paths.ts";
import { Button, ButtonAnchor, ButtonLink } from "../ui/Button.tsx";
import { Notice } from "../ui/Notice.tsx";
import { type ActivationErrorCode, fixes, isAboutNumber } from "./activation-errors.ts";

interface ActivationErrorProps {
  readonly code: ActivationErrorCode;
  /** The problem that the server answered; undefined after a redirect from Liantis, which brings a code only. */
  readonly refusal: ApiProblem | undefined;
  readonly entity: Entity;
  readonly happenedAt: string | undefined;
  readonly onTryAgain: () => void;
  readonly onHandOff: () => void;
}

/** One failed activation: what was seen, what is expected, the button that fixes it, the reference for support. */
export function ActivationError({
  code,
  refusal,
  entity,
  happenedAt,
  onTryAgain,
  onHandOff,
}: ActivationErrorProps) {
  const text = useText();
  const formats = useFormats();
  const problem = refusal?.problem;
  const landed = useSearch({ from: "/account/settings/integrations/liantis/activate" });
  const reference = problem?.reference ?? landed.reference;
  return (
    <div className="card space-y-5 p-6">
      <Notice tone="danger" role="alert">
        {problem ? (
          <>
            {problem.detail && <p>{problem.detail}</p>}
            {problem.remedy && <p>{problem.remedy}</p>}
          </>
        ) : (
          <p>{text(`activation.error.${code}.remedy`)}</p>
        )}
      </Notice>
      <Facts
        facts={[
          ...(landed.grantedNumber
            ? [{ label: text("activation.error.granted"), value: landed.grantedNumber }]
            : []),
          ...(isAboutNumber(code)
            ? [
                {
                  label: text("activation.error.seen"),
                  value: entity.vatNumber ? groupedVatNumber(entity.vatNumber) : text("company.vat.missing"),
                },
                { label: text("activation.error.expected"), value: text("activation.error.expected.vat") },
              ]
            : []),
          ...(problem === undefined && happenedAt !== undefined
            ? [{ label: text("activation.error.when"), value: formats.instant(happenedAt) }]
            : []),
          {
            label: text(reference === undefined ? "activation.error.code" : "activation.error.reference"),
            value: <code className="font-mono text-xs select-all">{reference ?? code}</code>,
          },
        ]}
      />
      <div className="flex flex-wrap gap-2">
        <FixButton code={code} entityId={entity.id} onTryAgain={onTryAgain} onHandOff={onHandOff} />
        {fixes[code] !== "try_again" && <Button onPress={onTryAgain}>{text("action.tryAgain")}</Button>}
        {fixes[code] !== "ask" && <SupportLink reference={reference ?? code} />}
      </div>
    </div>
  );
}

interface FixButtonProps {
  readonly code: ActivationErrorCode;
  readonly entityId: string;
  readonly onTryAgain: () => void;
  readonly onHandOff: () => void;
}

function FixButton({ code, entityId, onTryAgain, onHandOff }: FixButtonProps) {
  const text = useText();
  switch (fixes[code]) {
    case "company_details":
      return (
        <ButtonLink to={paths.company} search={{ entity: entityId }} look="primary">
          {text("activation.fix.company")}
        </ButtonLink>
      );
    case "try_again":
      return (
        <Button look="primary" onPress={onTryAgain}>
          {text("action.tryAgain")}
        </Button>
      );
    case "hand_off":
      return (
        <Button look="primary" onPress={onHandOff}>
          {text("activation.fix.handOff")}
        </Button>
      );
    case "ask":
      return <SupportLink reference={code} isPrimary />;
  }
}

function SupportLink({
  reference,
  isPrimary = false,
}: {
  readonly reference: string;
  readonly isPrimary?: boolean;
}) {
  const text = useText();
  const { data: options } = useQuery(sessionOptionsQuery);
  if (!options?.supportEmail) return null;
  return (
    <ButtonAnchor
      href={`mailto:${options.supportEmail}?subject=${encodeURIComponent(`Liantis: ${reference}`)}`}
      look={isPrimary ? "primary" : "quiet"}
    >
      {text("activation.fix.support")}
    </ButtonAnchor>
  );
}
