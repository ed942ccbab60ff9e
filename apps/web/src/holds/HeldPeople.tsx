import type { HeldPerson, Hold } from "@payflip/contract/holds.ts";
import { Link } from "@tanstack/react-router";
import { ChevronDown } from "lucide-react";
import { useText } from "../intl/messages.ts";
import { paths } from "../paths.ts";

/** A list of more people than this starts closed. */
const openMax = 5;

/** The people of a held run: those who are missing, and those with an empty field. */
export function HeldPeople({ hold: { people, peopleTotal, emptied } }: { readonly hold: Hold }) {
  const text = useText();
  if (peopleTotal === 0 && emptied.length === 0) return null;
  return (
    <div className="mt-3 space-y-2 rounded-lg bg-sunken px-3.5 py-2.5 text-sm">
      {peopleTotal > 0 && (
        <PeopleList title={text("hold.people", { count: peopleTotal })} people={people} total={peopleTotal} />
      )}
      {emptied.map((group) => (
        <PeopleList
          key={group.field}
          title={text("hold.emptied", { field: group.fieldName, count: group.peopleTotal })}
          people={group.people}
          total={group.peopleTotal}
        />
      ))}
    </div>
  );
}

interface PeopleListProps {
  readonly title: string;
  readonly people: readonly HeldPerson[];
  readonly total: number;
}

function PeopleList({ title, people, total }: PeopleListProps) {
  const text = useText();
  const others = total - people.length;
  return (
    <details open={total <= openMax} className="group">
      <summary className="flex min-h-8 cursor-pointer items-center gap-2 rounded-lg font-medium">
        <ChevronDown className="size-4 shrink-0 -rotate-90 text-quiet group-open:rotate-0" aria-hidden />
        <h3>{title}</h3>
      </summary>
      <ul className="grid gap-x-6 gap-y-1 py-1 pl-6 sm:grid-cols-2 lg:grid-cols-3">
        {people.map(({ employeeId, name, employeeNumber }) => (
          <li key={employeeId} className="min-w-0 break-words">
            <Link to={paths.person} params={{ employeeId }} className="link">
              {name}
            </Link>{" "}
            {employeeNumber !== null && (
              <span className="inline-block text-quiet">
                {text("issues.number", { number: employeeNumber })}
              </span>
            )}
          </li>
        ))}
        {others > 0 && <li className="text-quiet">{text("hold.people.more", { count: others })}</li>}
      </ul>
    </details>
  );
}
