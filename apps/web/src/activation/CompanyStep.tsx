import { useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";
import { paths } from "../paths.ts";
import { groupedVatNumber, vatHint } from "../company/enterprise-number.ts";
import { Facts } from "../ui/Facts.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { Notice } from "../ui/Notice.tsx";
import { Section } from "../ui/Page.tsx";
import { ApiProblem } from "../api/problem.ts";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { activationErrorOf } from "./activation-errors.ts";
import { type ScreenProps, useActivation } from "./screen.ts";

/** Shows the company and its VAT number, with which the connection is made. */
export function CompanyStep({ connection, entity, onGo, onRefused }: ScreenProps) {
  const text = useText();
  const formats = useFormats();
  const check = useActivation(entity.id);
  const { lastActivationError } = connection;
  const hint = vatHint(entity.vatNumber ?? "");
  const next = () =>
    check.mutate(undefined, {
      onSuccess: () => onGo("consent"),
      onError: (error) => error instanceof ApiProblem && onRefused(error),
    });
  return (
    <>
      {lastActivationError && (
        <Notice
          tone="warning"
          title={text("activation.lastAttempt", { when: formats.inWords(lastActivationError.at) })}
        >
          <p>{text(`activation.error.${activationErrorOf(lastActivationError.code)}.title`)}</p>
        </Notice>
      )}
      <Section id="company" title={text("company.title")} description={text("wizard.company.why")}>
        <Facts
          facts={[
            { label: text("field.name"), value: entity.name },
            {
              label: text("field.vatNumber"),
              value: entity.vatNumber ? groupedVatNumber(entity.vatNumber) : text("company.vat.missing"),
            },
          ]}
        />
        {hint !== "none" && (
          <Notice tone="warning" className="mt-4" title={text(`company.vat.hint.${hint}`)} />
        )}
      </Section>
      {check.isError && !(check.error instanceof ApiProblem) && <ProblemNotice error={check.error} />}
      <div className="flex flex-wrap justify-between gap-2">
        <ButtonLink to={paths.company} search={{ entity: entity.id }}>
          {text("wizard.company.change")}
        </ButtonLink>
        <Button look="primary" isPending={check.isPending} onPress={next}>
          {text("wizard.company.next")}
        </Button>
      </div>
    </>
  );
}
