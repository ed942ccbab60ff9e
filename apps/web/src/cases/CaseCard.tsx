import type { CaseRecord, SupportCase } from "@payflip/contract/cases.ts";
import { useState } from "react";
import { useSession } from "../access/session.ts";
import { useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";
import { Button } from "../ui/Button.tsx";
import { Chip } from "../ui/Chip.tsx";
import { classes } from "../ui/classes.ts";
import { CaseDialog, type CaseVerb } from "./CaseDialog.tsx";
import { caseName, differingFields, recordFields } from "./case-record.ts";

/** One case: both records side by side, their differences, and the decision. */
export function CaseCard({ item }: { readonly item: SupportCase }) {
  const text = useText();
  const formats = useFormats();
  const { role } = useSession();
  const [asked, setAsked] = useState<CaseVerb>();
  const name = caseName(item);
  const mayDecide = item.status === "open" && (role === "support" || role === "admin");
  return (
    <section aria-labelledby={`case-${item.id}`} className="card p-5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 id={`case-${item.id}`} className="font-semibold">
          {text("cases.heading", { name, from: item.from.entityName, to: item.to.entityName })}
        </h2>
        {item.status !== "open" && <Chip>{text(`cases.status.${item.status}`)}</Chip>}
      </div>
      <p className="mt-1 text-sm text-quiet">
        {role === "support" && `${item.customerName} · `}
        <span title={formats.instantInFull(item.openedAt)}>
          {text("cases.openedAt", { when: formats.inWords(item.openedAt) })}
        </span>
        {item.decidedAt !== null &&
          ` · ${text("cases.decidedAt", { when: formats.inWords(item.decidedAt) })}`}
      </p>
      <Records item={item} name={name} />
      {item.reason !== null && (
        <p className="mt-3 text-sm">{text("cases.reason.given", { reason: item.reason })}</p>
      )}
      {mayDecide && (
        <div className="mt-4 flex flex-wrap gap-2">
          <Button look="primary" onPress={() => setAsked("confirm")}>
            {text("cases.confirm")}
          </Button>
          <Button onPress={() => setAsked("decline")}>{text("cases.decline")}</Button>
        </div>
      )}
      {asked !== undefined && <CaseDialog item={item} verb={asked} onClose={() => setAsked(undefined)} />}
    </section>
  );
}

function Records({
  item: { from: inPayflip, to: inLiantis },
  name,
}: {
  readonly item: SupportCase;
  readonly name: string;
}) {
  const text = useText();
  const formats = useFormats();
  const differing = differingFields(inPayflip, inLiantis);
  const value = (record: CaseRecord, field: (typeof recordFields)[number]) => {
    const known = record[field];
    if (known === null) return text("field.none");
    return field === "startDate" ? formats.date(known) : known;
  };
  return (
    <div className="mt-4 overflow-x-clip rounded-lg border border-line">
      <table aria-label={text("cases.table", { name })} className="stacked-table w-full text-left text-sm">
        <thead className="border-b border-line bg-sunken text-quiet">
          <tr>
            <th scope="col" className="px-3 py-2 font-medium">
              {text("cases.field")}
            </th>
            <th scope="col" className="px-3 py-2 font-medium">
              {text("cases.from", { entity: inPayflip.entityName })}
            </th>
            <th scope="col" className="px-3 py-2 font-medium">
              {text("cases.to", { entity: inLiantis.entityName })}
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {recordFields.map((field) => (
            <tr key={field}>
              <th scope="row" className="px-3 py-2 font-normal text-quiet">
                {text(`person.field.${field}`)}
                {differing.includes(field) && (
                  <>
                    {" "}
                    <Chip tone="warning">{text("cases.differs")}</Chip>
                  </>
                )}
              </th>
              {[inPayflip, inLiantis].map((record, index) => (
                <td
                  key={record.entityId}
                  data-label={text(index === 0 ? "cases.from" : "cases.to", { entity: record.entityName })}
                  className={classes(
                    "px-3 py-2 wrap-anywhere",
                    differing.includes(field) && index === 1 && "font-medium",
                  )}
                >
                  <span>{value(record, field)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
