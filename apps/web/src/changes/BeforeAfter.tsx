import { ArrowRight } from "lucide-react";
import type { ReactNode } from "react";
import { useText } from "../intl/messages.ts";

/** A value before and after; a screen reader reads "before" and "after" instead of the arrow. */
export function BeforeAfter({ before, after }: { readonly before: ReactNode; readonly after: ReactNode }) {
  const text = useText();
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <span className="text-quiet">
        <span className="sr-only">{text("changes.before")} </span>
        {before}
      </span>
      <ArrowRight className="size-3.5 shrink-0 text-quiet" aria-hidden />
      <span className="font-medium">
        <span className="sr-only">{text("changes.after")} </span>
        {after}
      </span>
    </span>
  );
}
