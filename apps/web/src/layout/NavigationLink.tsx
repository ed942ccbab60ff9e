import { createLink } from "@tanstack/react-router";
import type { LucideIcon } from "lucide-react";
import type { AnchorHTMLAttributes, Ref } from "react";

interface NavigationAnchorProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly icon: LucideIcon;
  readonly ref?: Ref<HTMLAnchorElement>;
}

function NavigationAnchor({ icon: Icon, children, ...rest }: NavigationAnchorProps) {
  return (
    <a
      {...rest}
      className="flex min-h-9 items-center gap-2.5 rounded-lg px-2 py-1.5 text-ink hover:bg-sunken data-[status=active]:bg-accent-soft data-[status=active]:font-medium data-[status=active]:text-accent-ink"
    >
      <Icon className="size-4.5 shrink-0" aria-hidden />
      {children}
    </a>
  );
}

export const NavigationLink = createLink(NavigationAnchor);
