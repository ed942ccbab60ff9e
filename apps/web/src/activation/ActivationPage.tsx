import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { useEntity } from "../access/session.ts";
import type { ApiProblem } from "../api/problem.ts";
import { connectionQuery, entityQuery } from "../api/queries.ts";
import { EntitySwitcher } from "../access/EntitySwitcher.tsx";
import { AskSuccessManager } from "../integration/NotSetUp.tsx";
import { useText } from "../intl/messages.ts";
import { NotFoundPage } from "../ui/NotFoundPage.tsx";
import { paths } from "../paths.ts";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { SkeletonBlock } from "../ui/Skeleton.tsx";
import { ActivationError } from "./ActivationError.tsx";
import { activationErrorOf } from "./activation-errors.ts";
import { CompanyStep } from "./CompanyStep.tsx";
import { ConsentStep } from "./ConsentStep.tsx";
import { FirstSyncStep } from "./FirstSyncStep.tsx";
import { ModeStep } from "./ModeStep.tsx";
import { ReviewStep } from "./ReviewStep.tsx";
import { PickerStep } from "./PickerStep.tsx";
import type { Ahead, ScreenProps } from "./screen.ts";
import { stepOf, viewOf } from "./steps.ts";
import { WaitingForConsent } from "./WaitingForConsent.tsx";
import { WizardFrame } from "./WizardFrame.tsx";

/** The wizard from "not set up" to "first sync finished". The state of the connection decides which step is shown. */
export function ActivationPage() {
  const text = useText();
  const { entity: asked } = useSearch({ from: "/account/settings/integrations/liantis/activate" });
  const chosen = useEntity(asked);
  const id = chosen?.id ?? "";
  const connection = useQuery({ ...connectionQuery(id), enabled: chosen !== undefined });
  const entity = useQuery({ ...entityQuery(id), enabled: chosen !== undefined });
  if (chosen === undefined) return <NotFoundPage />;
  const error = connection.error ?? entity.error;
  if (connection.data && entity.data) {
    return <Wizard key={id} connection={connection.data} entity={entity.data} />;
  }
  return error ? <ProblemNotice error={error} /> : <SkeletonBlock label={text("state.loading")} lines={6} />;
}

function Wizard({ connection, entity }: Omit<ScreenProps, "onGo" | "onRefused">) {
  const text = useText();
  const navigate = useNavigate();
  const { activation, step: ahead } = useSearch({ from: "/account/settings/integrations/liantis/activate" });
  const [refusal, setRefusal] = useState<ApiProblem>();
  const view = viewOf(connection.state, ahead);
  const failed =
    activation !== undefined && activation !== "granted" ? activationErrorOf(activation) : undefined;
  const go = useCallback(
    (step: Ahead | undefined, previewId?: string) => {
      setRefusal(undefined);
      void navigate({
        to: paths.activate,
        search: { entity: entity.id, step: step === "company" ? undefined : step, preview: previewId },
      });
    },
    [navigate, entity.id],
  );
  const code = refusal ? activationErrorOf(refusal.code) : failed;
  if (code !== undefined) {
    return (
      <WizardFrame
        step={failed === undefined ? stepOf(view) : "consent"}
        screen={`error-${code}`}
        title={refusal?.problem.title ?? text(`activation.error.${code}.title`)}
      >
        <ActivationError
          code={code}
          refusal={refusal}
          entity={entity}
          happenedAt={connection.lastActivationError?.at}
          onTryAgain={() => go(undefined)}
          onHandOff={() => go("consent")}
        />
      </WizardFrame>
    );
  }
  return (
    <WizardFrame
      step={stepOf(view)}
      screen={view.kind}
      title={text(`wizard.title.${view.kind}`)}
      isWide={view.kind === "picker" || view.kind === "review"}
    >
      <EntitySwitcher entityId={entity.id} />
      <Screen connection={connection} entity={entity} onGo={go} onRefused={setRefusal} />
    </WizardFrame>
  );
}

function Screen(props: ScreenProps) {
  const { step: ahead } = useSearch({ from: "/account/settings/integrations/liantis/activate" });
  const { connection } = props;
  switch (viewOf(connection.state, ahead).kind) {
    case "unavailable":
      return <AskSuccessManager />;
    case "company":
      return <CompanyStep {...props} />;
    case "consent":
      return <ConsentStep {...props} />;
    case "waiting":
      return <WaitingForConsent {...props} />;
    case "mode":
      return <ModeStep {...props} />;
    case "picker":
      return <PickerStep {...props} />;
    case "review":
      return <ReviewStep {...props} />;
    case "sync":
      return <FirstSyncStep {...props} />;
  }
}
