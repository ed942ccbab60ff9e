import type { Connection } from "@payflip/contract/connection.ts";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowRight } from "lucide-react";
import { useIsAdmin, useSession } from "../access/session.ts";
import { connectionQuery, sessionOptionsQuery } from "../api/queries.ts";
import { type Text, useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";
import { paths } from "../paths.ts";
import { ButtonLink } from "../ui/Button.tsx";
import { Breadcrumb, EmptyState, PageHeader } from "../ui/Page.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { isSetUp } from "./connection-state.ts";
import { LiantisMark } from "./LiantisMark.tsx";
import { StateChip } from "./StateChip.tsx";

export function IntegrationsPage() {
  const text = useText();
  const { entities } = useSession();
  return (
    <>
      <PageHeader
        title={text("integrations.title")}
        breadcrumb={<Breadcrumb>{[text("settings.title"), text("integrations.title")]}</Breadcrumb>}
        description={text("integrations.description")}
      />
      {entities.length === 0 && <EmptyState title={text("integrations.noEntity")} />}
      <section aria-labelledby="liantis" className="card">
        <div className="flex gap-4 p-5">
          <LiantisMark />
          <div className="min-w-0">
            <h2 id="liantis" className="font-semibold">
              Liantis
            </h2>
            <p className="text-sm text-quiet">{text("integrations.liantis")}</p>
          </div>
        </div>
        <ul className="divide-y divide-line border-t border-line">
          {entities.map((entity) => (
            <EntityLine key={entity.id} entity={entity} />
          ))}
        </ul>
      </section>
    </>
  );
}

function EntityLine({ entity }: { readonly entity: { id: string; name: string } }) {
  const { data: connection, error } = useQuery(connectionQuery(entity.id));
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3.5">
      <div className="min-w-0 flex-1 basis-64">
        <div className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{entity.name}</span>
          {connection && <StateChip connection={connection} />}
        </div>
        {error && <ProblemNotice error={error} className="mt-2" />}
        {!connection && !error && <Skeleton className="mt-1 h-4 w-52" />}
        {connection && <EntitySentence connection={connection} />}
      </div>
      {connection && <EntityAction connection={connection} />}
    </li>
  );
}

function EntitySentence({ connection }: { readonly connection: Connection }) {
  const text = useText();
  const formats = useFormats();
  const { data: options } = useQuery(sessionOptionsQuery);
  const email = options?.supportEmail;
  return (
    <p className="text-sm text-quiet">
      {sentence(text, formats.inWords, connection)}
      {connection.state === "unavailable" && email && (
        <>
          {" "}
          <a className="link" href={`mailto:${email}`}>
            {email}
          </a>
        </>
      )}
    </p>
  );
}

function sentence(text: Text, inWords: (instant: string) => string, connection: Connection): string {
  switch (connection.state) {
    case "unavailable":
      return text("connection.line.unavailable");
    case "available":
      return text("connection.line.available");
    case "consent_requested":
      return text("connection.line.consent_requested", { email: connection.consentRequest?.email ?? "" });
    case "choosing":
      return text("connection.line.choosing");
    case "active":
      return connection.lastSuccessAt === null
        ? text("connection.line.active.first")
        : text("connection.line.active", {
            when: inWords(connection.lastSuccessAt),
            employees: connection.counts.employees,
            issues: connection.counts.issues,
          });
    case "paused":
      return text("connection.line.paused");
    case "disabled":
      return text("connection.line.disabled");
  }
}

function EntityAction({ connection }: { readonly connection: Connection }) {
  const text = useText();
  const isAdmin = useIsAdmin();
  const search = { entity: connection.entityId };
  if (isSetUp(connection)) {
    return (
      <Link
        to={paths.liantis}
        search={search}
        className="link inline-flex min-h-8 items-center gap-1.5 text-sm font-medium"
      >
        {text("action.open")}
        <ArrowRight className="size-4" aria-hidden />
      </Link>
    );
  }
  if (connection.state === "unavailable" || !isAdmin) return null;
  const label = connection.state === "available" ? text("activation.start") : text("activation.continue");
  return (
    <ButtonLink to={paths.activate} search={search} look="primary">
      {label}
    </ButtonLink>
  );
}
