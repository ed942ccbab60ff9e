import { ExternalLink } from "lucide-react";
import type { ReactNode } from "react";

interface WhereLinkProps {
  readonly link: string;
  /** The text of a link to a page of the app. */
  readonly here: string;
  /** The text of a link to MyLiantis. */
  readonly there: string;
}

/** A link to a page of the app, or to MyLiantis in a new tab. */
export function WhereLink({ link, here, there }: WhereLinkProps) {
  const isOurs = link.startsWith("/") || link.startsWith(`${window.location.origin}/`);
  if (isOurs) {
    return (
      <a href={link} className="link">
        {here}
      </a>
    );
  }
  return <ExternalAnchor href={link}>{there}</ExternalAnchor>;
}

interface ExternalAnchorProps {
  readonly href: string;
  readonly children: ReactNode;
}

/** A link to another site, in a new tab. */
export function ExternalAnchor({ href, children }: ExternalAnchorProps) {
  return (
    <a href={href} target="_blank" rel="noreferrer" className="link inline-flex items-center gap-1.5">
      {children}
      <ExternalLink className="size-4 shrink-0" aria-hidden />
    </a>
  );
}
