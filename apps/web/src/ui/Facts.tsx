import type { ReactNode } from "react";

interface Fact {
  readonly label: string;
  readonly value: ReactNode;
}

/** A list of names and values. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className="divide-y divide-line text-sm">
      {facts.map(({ label, value }) => (
        <div
          key={label}
          className="grid gap-x-4 py-2 first:pt-0 last:pb-0 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]"
        >
          <dt className="text-quiet">{label}</dt>
          <dd className="min-w-0">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** An e-mail address that may break before its @. */
export function Email({ address }: { readonly address: string }) {
  const domainStart = Math.max(address.lastIndexOf("@"), 0);
  return (
    <span className="max-sm:wrap-anywhere">
      {address.slice(0, domainStart)}
      <wbr />
      {address.slice(domainStart)}
    </span>
  );
}
