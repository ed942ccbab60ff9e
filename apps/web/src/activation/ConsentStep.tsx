import { useState } from "react";
import { ExternalLink } from "lucide-react";
import { ApiProblem } from "../api/problem.ts";
import { SyncedData } from "../integration/SyncedData.tsx";
import { useText } from "../intl/messages.ts";
import { Button } from "../ui/Button.tsx";
import { Section } from "../ui/Page.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { RadioCard, RadioCards } from "../ui/fields/RadioCards.tsx";
import { ConsentRequestForm } from "./ConsentRequestForm.tsx";
import { type ScreenProps, useActivation } from "./screen.ts";

/** What will be shared, and who can give consent: a main user in MyLiantis. */
export function ConsentStep({ entity, onGo, onRefused }: ScreenProps) {
  const text = useText();
  const [isMainUser, setMainUser] = useState<"yes" | "no">();
  return (
    <>
      <Section id="data" title={text("data.title")} description={text("wizard.consent.data")}>
        <SyncedData />
      </Section>
      <Section
        id="main-user"
        title={text("wizard.consent.question")}
        description={text("wizard.consent.mainUser")}
      >
        <RadioCards
          label={text("wizard.consent.question")}
          value={isMainUser ?? null}
          onChange={(value) => setMainUser(value === "yes" ? "yes" : "no")}
        >
          <RadioCard value="yes" title={text("wizard.consent.yes")}>
            {text("wizard.consent.yes.effect")}
          </RadioCard>
          <RadioCard value="no" title={text("wizard.consent.no")}>
            {text("wizard.consent.no.effect")}
          </RadioCard>
        </RadioCards>
        {isMainUser === "no" && <ConsentRequestForm entityId={entity.id} onSent={() => onGo(undefined)} />}
      </Section>
      <div className="flex flex-wrap justify-between gap-2">
        <Button onPress={() => onGo("company")}>{text("wizard.back")}</Button>
        {isMainUser === "yes" && <ToLiantis entityId={entity.id} onRefused={onRefused} />}
      </div>
    </>
  );
}

function ToLiantis({ entityId, onRefused }: { entityId: string; onRefused: (refusal: ApiProblem) => void }) {
  const text = useText();
  const activation = useActivation(entityId);
  const leave = () =>
    activation.mutate(undefined, {
      onSuccess: ({ authorizationUrl }) => window.location.assign(authorizationUrl),
      onError: (error) => error instanceof ApiProblem && onRefused(error),
    });
  return (
    <>
      <Button look="primary" isPending={activation.isPending || activation.isSuccess} onPress={leave}>
        {text("wizard.consent.go")}
        <ExternalLink className="size-4" aria-hidden />
      </Button>
      {activation.isError && !(activation.error instanceof ApiProblem) && (
        <ProblemNotice error={activation.error} className="basis-full" />
      )}
    </>
  );
}
