import { ExternalLink } from "lucide-react";

interface WhereLinkProps {
  readonly link: string;
  /** What it says when it leads to a page of the app. */
  readonly here: string;
  /** What it says when it leads to MyLiantis. */
  readonly there: string;
}

/** Links of the app stay in the app; those of MyLiantis open beside it. */
export function WhereLink({ link, here, there }: WhereLinkProps) {
  const isOurs = link.startsWith("/") || link.startsWith(`${window.location.origin}/`);
  if (isOurs) {
    return (
      <a href={link} className="link">
        {here}
      </a>
    );
  }
  return (
    <a href={link} target="_blank" rel="noreferrer" className="link inline-flex items-center gap-1.5">
      {there}
      <ExternalLink className="size-4 shrink-0" aria-hidden />
    </a>
  );
}
