import { Check } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { useText } from "../intl/messages.ts";
import { classes } from "../ui/classes.ts";
import { type Step, steps } from "./steps.ts";

interface WizardFrameProps {
  readonly step: Step;
  /** Changes with each screen of the wizard: the heading then takes the focus. */
  readonly screen: string;
  readonly title: string;
  /** Wide enough for a table. */
  readonly isWide?: boolean;
  readonly children: ReactNode;
}

/** The four steps and the screen of the current one. It has an address, since the consent redirects to Liantis and back. */
export function WizardFrame({ step, screen, title, isWide = false, children }: WizardFrameProps) {
  const text = useText();
  const heading = useRef<HTMLHeadingElement>(null);
  const focusedScreen = useRef(screen);
  const number = steps.indexOf(step) + 1;
  const position = text("wizard.position", { number, count: steps.length });
  useEffect(() => {
    document.title = `${position} · ${title} · Payflip`;
  }, [position, title]);
  useEffect(() => {
    if (focusedScreen.current === screen) return;
    focusedScreen.current = screen;
    heading.current?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }, [screen]);
  return (
    <div className={classes("mx-auto", isWide ? "max-w-5xl" : "max-w-3xl")}>
      <nav aria-label={text("wizard.steps")}>
        <ol className="mb-8 grid grid-cols-4 gap-2 text-sm">
          {steps.map((candidate, index) => (
            <StepMark
              key={candidate}
              number={index + 1}
              label={text(`wizard.step.${candidate}`)}
              place={index + 1 < number ? "done" : index + 1 === number ? "current" : "ahead"}
            />
          ))}
        </ol>
      </nav>
      <h1 ref={heading} tabIndex={-1} className="mb-5">
        <span className="block text-sm font-medium text-quiet">{position}</span>
        <span className="text-2xl font-semibold tracking-tight">{title}</span>
      </h1>
      <div className="space-y-5">{children}</div>
    </div>
  );
}

interface StepMarkProps {
  readonly number: number;
  readonly label: string;
  readonly place: "done" | "current" | "ahead";
}

function StepMark({ number, label, place }: StepMarkProps) {
  const text = useText();
  return (
    <li
      aria-current={place === "current" ? "step" : undefined}
      className={classes("border-t-4 pt-2", place === "ahead" ? "border-line" : "border-accent")}
    >
      <span
        className={classes("flex items-center gap-1.5", place === "current" ? "font-semibold" : "text-quiet")}
      >
        {place === "done" ? (
          <Check className="size-4 shrink-0 text-accent-ink" aria-hidden />
        ) : (
          <span>{number}</span>
        )}
        <span className="max-sm:sr-only">{label}</span>
        {place === "done" && <span className="sr-only">{text("wizard.done")}</span>}
      </span>
    </li>
  );
}
