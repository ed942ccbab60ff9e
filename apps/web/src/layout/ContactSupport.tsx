import { useQuery } from "@tanstack/react-query";
import { LifeBuoy } from "lucide-react";
import { sessionOptionsQuery } from "../api/queries.ts";
import { useText } from "../intl/messages.ts";
import { classes } from "../ui/classes.ts";
import { supportMail } from "./support-mail.ts";
import { useShownPage } from "./useShownPage.ts";

/** The "blue button" of the texts: a mail that names the page and the entity. */
export function ContactSupport({ isCompact = false }: { readonly isCompact?: boolean }) {
  const text = useText();
  const { data: options } = useQuery(sessionOptionsQuery);
  const { pathname, entityId = null } = useShownPage();
  if (!options?.supportEmail) return null;
  return (
    <a
      href={supportMail(options.supportEmail, { pathname, entityId })}
      {...(isCompact ? { "aria-label": text("layout.support") } : {})}
      className={classes(
        "flex items-center gap-2.5 rounded-lg bg-info-soft p-2 text-sm font-medium text-info-ink no-underline hover:underline",
        isCompact ? "ml-auto" : "mb-2",
      )}
    >
      <LifeBuoy className="size-5 shrink-0" aria-hidden />
      {!isCompact && text("layout.support")}
    </a>
  );
}
