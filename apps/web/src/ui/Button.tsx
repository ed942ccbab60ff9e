import { createLink } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, ReactNode, Ref } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components/Button";
import { classes } from "./classes.ts";
import { Spinner } from "./Spinner.tsx";

type Look = "primary" | "secondary" | "quiet" | "danger";

const base =
  "inline-flex items-center justify-center gap-2 rounded-lg text-sm font-medium min-h-9 px-3.5 py-1.5 text-center transition-colors select-none no-underline";
const looks: Readonly<Record<Look, string>> = {
  primary: "bg-accent text-on-accent hover:bg-accent-hover",
  secondary: "border border-edge/60 bg-surface text-ink hover:bg-sunken",
  quiet: "text-ink hover:bg-sunken",
  danger: "bg-danger text-on-danger hover:bg-danger-hover",
};

function buttonClass(look: Look, className?: string): string {
  return classes(base, looks[look], className);
}

interface ButtonProps extends Omit<AriaButtonProps, "className" | "children" | "isPending"> {
  readonly look?: Look;
  readonly className?: string;
  /** While pending the button keeps the focus and its size, and ignores presses. */
  readonly isPending?: boolean;
  readonly children: ReactNode;
}

export function Button(props: ButtonProps) {
  const {
    look = "secondary",
    className,
    children,
    isPending = false,
    onPress,
    type = "button",
    ...rest
  } = props;
  const active = isPending ? {} : { type, ...(onPress === undefined ? {} : { onPress }) };
  return (
    <AriaButton
      {...rest}
      {...active}
      className={({ isDisabled }) =>
        classes(buttonClass(look, className), (isDisabled || isPending) && "cursor-not-allowed opacity-60")
      }
    >
      {isPending && <Spinner />}
      {children}
    </AriaButton>
  );
}

interface AnchorProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly look?: Look;
  readonly ref?: Ref<HTMLAnchorElement>;
}

/** A link that looks like a button: for navigation only. */
export function ButtonAnchor({ look = "secondary", className, children, ...rest }: AnchorProps) {
  return (
    <a {...rest} className={buttonClass(look, className)}>
      {children}
    </a>
  );
}

export const ButtonLink = createLink(ButtonAnchor);
