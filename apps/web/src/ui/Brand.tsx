import { classes } from "./classes.ts";

export function Brand({ className }: { readonly className?: string }) {
  return (
    <span className={classes("flex items-center gap-2 text-base font-semibold tracking-tight", className)}>
      <svg viewBox="0 0 32 32" className="size-7" aria-hidden="true">
        <rect width="32" height="32" rx="8" className="fill-accent" />
        <path
          d="M9 23V9h8.2c3.2 0 5.3 1.9 5.3 4.8s-2.1 4.8-5.3 4.8h-4V23Z"
          fill="none"
          className="stroke-on-accent"
          strokeWidth="2.6"
          strokeLinejoin="round"
        />
      </svg>
      Payflip
    </span>
  );
}
