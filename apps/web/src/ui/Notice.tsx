import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { classes } from "./classes.ts";

export type NoticeTone = "info" | "success" | "warning" | "danger";

const looks: Readonly<Record<NoticeTone, { className: string; icon: LucideIcon }>> = {
  info: { className: "bg-info-soft text-info-ink", icon: Info },
  success: { className: "bg-success-soft text-success-ink", icon: CircleCheck },
  warning: { className: "bg-warning-soft text-warning-ink", icon: TriangleAlert },
  danger: { className: "bg-danger-soft text-danger-ink", icon: CircleAlert },
};

interface NoticeProps {
  readonly tone?: NoticeTone;
  readonly title?: string | undefined;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** `alert` for a new error, `status` for a new success, none for a notice that was there when the page opened. */
  readonly role?: "alert" | "status";
  readonly className?: string;
}

export function Notice({ tone = "info", title, children, actions, role, className }: NoticeProps) {
  const { className: look, icon: Icon } = looks[tone];
  return (
    <div
      role={role}
      className={classes("flex gap-3 rounded-xl px-4 py-3 text-sm forced-colors:border", look, className)}
    >
      <Icon className="mt-0.5 size-4.5 shrink-0" aria-hidden />
      <div className="min-w-0 flex-1 space-y-1">
        {title !== undefined && <p className="font-semibold">{title}</p>}
        {children !== undefined && <div className="space-y-1 text-ink">{children}</div>}
        {actions !== undefined && <div className="flex flex-wrap gap-2 pt-2 text-ink">{actions}</div>}
      </div>
    </div>
  );
}
