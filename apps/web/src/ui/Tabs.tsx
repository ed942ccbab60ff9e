import { createLink } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, ReactNode, Ref } from "react";

/** Sections of one thing, each with an address of its own: links, not ARIA tabs. */
export function Tabs({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <nav aria-label={label} className="mb-6 flex flex-wrap gap-x-5 border-b border-line text-sm">
      {children}
    </nav>
  );
}

interface TabAnchorProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly ref?: Ref<HTMLAnchorElement>;
}

function TabAnchor({ children, ...rest }: TabAnchorProps) {
  return (
    <a
      {...rest}
      className="-mb-px inline-flex min-h-10 items-center border-b-2 border-transparent text-quiet hover:text-ink data-[status=active]:border-accent data-[status=active]:font-medium data-[status=active]:text-ink"
    >
      {children}
    </a>
  );
}

export const TabLink = createLink(TabAnchor);
