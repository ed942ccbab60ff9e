import type { ExplanationStep } from "@payflip/contract/explanation.ts";
import { CircleCheck, CircleDashed, CircleMinus, CircleX, type LucideIcon } from "lucide-react";
import { useText } from "../intl/messages.ts";
import { classes } from "../ui/classes.ts";

type Looks = Readonly<Record<ExplanationStep["result"], { icon: LucideIcon; className: string }>>;

const looks: Looks = {
  yes: { icon: CircleCheck, className: "text-success-ink" },
  partly: { icon: CircleMinus, className: "text-warning-ink" },
  no: { icon: CircleX, className: "text-danger-ink" },
  not_applicable: { icon: CircleDashed, className: "text-quiet" },
};

/** For the step "on hold" yes is bad and no is good, so its colours are swapped. */
const heldLooks: Looks = {
  yes: { icon: CircleMinus, className: "text-warning-ink" },
  partly: looks.partly,
  no: { icon: CircleCheck, className: "text-success-ink" },
  not_applicable: looks.not_applicable,
};

/** "Updated: no" is neutral: most nights bring no change. */
const writtenLooks: Looks = { ...looks, no: looks.not_applicable };

function looksOf(step: ExplanationStep["step"]): Looks {
  if (step === "held") return heldLooks;
  return step === "written" ? writtenLooks : looks;
}

/** The steps of the explanation, in the order of a run. */
export function ExplainSteps({ steps }: { readonly steps: readonly ExplanationStep[] }) {
  const text = useText();
  return (
    <ol className="space-y-3 text-sm">
      {steps.map(({ step, result, text: words }) => {
        const { icon: Icon, className } = looksOf(step)[result];
        return (
          <li key={step} className="flex gap-3">
            <Icon className={classes("mt-0.5 size-4.5 shrink-0", className)} aria-hidden />
            <div className="min-w-0">
              <p className="font-medium">
                {text(`explain.step.${step}`)}
                {step !== "next" && (
                  <span className={classes("ml-2 font-normal", className)}>
                    {text(`explain.result.${result}`)}
                  </span>
                )}
              </p>
              <p className="text-quiet">{words}</p>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
