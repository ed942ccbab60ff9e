import { RefreshCw } from "lucide-react";

/** A neutral icon: the logo of Liantis is not ours to use. */
export function LiantisMark() {
  return (
    <span
      aria-hidden
      className="flex size-10 shrink-0 items-center justify-center rounded-xl bg-accent-soft text-accent-ink"
    >
      <RefreshCw className="size-5" />
    </span>
  );
}
