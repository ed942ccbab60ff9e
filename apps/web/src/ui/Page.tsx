import { useRouterState } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { useText } from "../intl/messages.ts";

interface PageHeaderProps {
  readonly title: string;
  readonly breadcrumb?: ReactNode;
  readonly chip?: ReactNode;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
}

/** The heading of a page. After a navigation it takes the focus, so that a screen reader reads it. */
export function PageHeader({ title, breadcrumb, chip, description, actions }: PageHeaderProps) {
  const heading = usePageTitle(title);
  return (
    <header className="mb-6 space-y-2">
      {breadcrumb}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 space-y-1">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 ref={heading} tabIndex={-1} className="text-2xl font-semibold tracking-tight">
              {title}
            </h1>
            {chip}
          </div>
          {description !== undefined && <div className="max-w-prose text-quiet">{description}</div>}
        </div>
        {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
    </header>
  );
}

/** Names the browser tab and gives the heading the focus after a navigation, not on the first load. */
export function usePageTitle(title: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  const isFirst = useRouterState({ select: (state) => (state.location.state.__TSR_index ?? 0) === 0 });
  useEffect(() => {
    document.title = `${title} · Payflip`;
  }, [title]);
  // Read on arrival only: a title that changes later must not move the focus.
  const arrivedByNavigation = useRef(!isFirst);
  useEffect(() => {
    if (arrivedByNavigation.current) heading.current?.focus({ preventScroll: true });
  }, []);
  return heading;
}

export function Breadcrumb({ children }: { readonly children: ReactNode[] }) {
  const text = useText();
  return (
    <nav aria-label={text("page.breadcrumb")}>
      <ol className="flex flex-wrap items-center gap-1 text-sm text-quiet">
        {children.map((child, index) => (
          <li key={index} className="flex items-center gap-1">
            {index > 0 && <ChevronRight className="size-3.5" aria-hidden />}
            {child}
          </li>
        ))}
      </ol>
    </nav>
  );
}

interface SectionProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly children: ReactNode;
  readonly id?: string;
}

export function Section({ title, description, children, id }: SectionProps) {
  return (
    <section aria-labelledby={id} className="card p-5">
      <h2 id={id} className="text-base font-semibold">
        {title}
      </h2>
      {description !== undefined && (
        <div className="mt-0.5 max-w-prose text-sm text-quiet">{description}</div>
      )}
      <div className="mt-4">{children}</div>
    </section>
  );
}

interface PagePartProps {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly children: ReactNode;
}

/** A part of a page without a card around it, such as the steps of one decision. */
export function PagePart({ id, title, description, children }: PagePartProps) {
  return (
    <section aria-labelledby={id} className="space-y-5">
      <div>
        <h2 id={id} className="text-lg font-semibold">
          {title}
        </h2>
        <p className="max-w-prose text-sm text-quiet">{description}</p>
      </div>
      {children}
    </section>
  );
}

interface EmptyStateProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** Why there is nothing to show, and what the reader can do. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="card flex flex-col items-center gap-2 px-6 py-12 text-center">
      <h2 className="text-base font-semibold">{title}</h2>
      {children !== undefined && <div className="max-w-prose text-quiet">{children}</div>}
      {action !== undefined && <div className="mt-2">{action}</div>}
    </div>
  );
}
