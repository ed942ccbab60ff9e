import { classes } from "./classes.ts";

export function Skeleton({ className }: { readonly className?: string }) {
  return (
    <span
      aria-hidden
      className={classes("block animate-pulse rounded-md bg-line/70", className ?? "h-4 w-full")}
    />
  );
}

interface SkeletonBlockProps {
  readonly label: string;
  readonly lines?: number;
}

/** The outline of a card that is still loading; `label` says so to a screen reader. */
export function SkeletonBlock({ label, lines = 4 }: SkeletonBlockProps) {
  return (
    <output className="card block space-y-3 p-5">
      <span className="sr-only">{label}</span>
      <Skeleton className="h-5 w-1/3" />
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} className={line % 2 === 0 ? "h-4 w-full" : "h-4 w-4/5"} />
      ))}
    </output>
  );
}
