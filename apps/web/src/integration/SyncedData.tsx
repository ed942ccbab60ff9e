import { Check, X } from "lucide-react";
import { type MessageId, useText } from "../intl/messages.ts";
import { personalData, wageData } from "./synced-data.ts";

const notSynced: readonly MessageId[] = [
  "data.not.endDates",
  "data.not.salaryComponents",
  "data.not.entityChange",
  "data.not.budgets",
];

/** The data that Liantis shares with Payflip and the data it does not; also shown before the consent. */
export function SyncedData() {
  const text = useText();
  return (
    <div className="grid gap-6 text-sm sm:grid-cols-2 lg:grid-cols-3">
      <DataList title={text("data.person")} items={Object.values(personalData)} isSynced />
      <DataList title={text("data.wage")} items={Object.values(wageData)} isSynced />
      <DataList title={text("data.not")} items={notSynced} isSynced={false} />
    </div>
  );
}

interface DataListProps {
  readonly title: string;
  readonly items: readonly MessageId[];
  readonly isSynced: boolean;
}

function DataList({ title, items, isSynced }: DataListProps) {
  const text = useText();
  const Icon = isSynced ? Check : X;
  return (
    <div>
      <h3 className="mb-2 font-medium">{title}</h3>
      <ul className="space-y-1.5">
        {items.map((item) => (
          <li key={item} className="flex gap-2">
            <Icon
              className={
                isSynced ? "mt-0.5 size-4 shrink-0 text-success-ink" : "mt-0.5 size-4 shrink-0 text-quiet"
              }
              aria-hidden
            />
            {text(item)}
          </li>
        ))}
      </ul>
    </div>
  );
}
