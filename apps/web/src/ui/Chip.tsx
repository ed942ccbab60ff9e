import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { classes } from "./classes.ts";

export type Tone = "neutral" | "accent" | "success" | "warning" | "danger" | "info";

const tones: Readonly<Record<Tone, string>> = {
  neutral: "bg-sunken text-quiet",
  accent: "bg-accent-soft text-accent-ink",
  success: "bg-success-soft text-success-ink",
  warning: "bg-warning-soft text-warning-ink",
  danger: "bg-danger-soft text-danger-ink",
  info: "bg-info-soft text-info-ink",
};

interface ChipProps {
  readonly tone?: Tone;
  readonly icon?: LucideIcon;
  readonly children: ReactNode;
}

/** A status in a word; the colour is never the only sign. */
export function Chip({ tone = "neutral", icon: Icon, children }: ChipProps) {
  return (
    <span
      className={classes(
        "inline-flex items-center gap-1 rounded-full px-2 py-0.5 text-xs font-medium leading-5 align-middle whitespace-nowrap",
        "forced-colors:border",
        tones[tone],
      )}
    >
      {Icon && <Icon className="size-3.5 shrink-0" aria-hidden />}
      {children}
    </span>
  );
}
