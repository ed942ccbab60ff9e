import type { Candidate, CandidateMatch, Choice } from "@payflip/contract/candidates.ts";
import { Link } from "@tanstack/react-router";
import { CircleAlert, Link2, type LucideIcon, UserPlus } from "lucide-react";
import { useMemo } from "react";
import { useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";
import { paths } from "../paths.ts";
import { Chip, type Tone } from "../ui/Chip.tsx";
import { type Column, DataTable } from "../ui/lists/DataTable.tsx";
import { Email } from "../ui/Facts.tsx";
import { TickBox } from "../ui/lists/TickBox.tsx";
import { candidateName } from "../previews/useKnownWorkers.ts";

const matchLooks: Readonly<Record<CandidateMatch, { tone: Tone; icon: LucideIcon }>> = {
  new: { tone: "accent", icon: UserPlus },
  existing: { tone: "info", icon: Link2 },
  issue: { tone: "warning", icon: CircleAlert },
};

const choiceTones: Readonly<Record<Choice, Tone>> = {
  waiting: "warning",
  selected: "success",
  excluded: "neutral",
  released: "neutral",
};

interface CandidateTableProps {
  readonly people: readonly Candidate[];
  readonly selected: ReadonlySet<string>;
  readonly onTick: (workerId: string, isTicked: boolean, isRange: boolean) => void;
  readonly withChoices: boolean;
}

export function CandidateTable({ people, selected, onTick, withChoices }: CandidateTableProps) {
  const text = useText();
  const formats = useFormats();
  const columns = useMemo((): Column<Candidate>[] => {
    const state: Column<Candidate> = {
      id: "state",
      title: text("picker.match"),
      wide: true,
      cell: (person) => <Match person={person} />,
    };
    const choice: Column<Candidate> = {
      id: "choice",
      title: text("picker.choice"),
      cell: ({ choice: made }) =>
        made === null ? (
          <Chip tone="warning">{text("picker.choice.none")}</Chip>
        ) : (
          <Chip tone={choiceTones[made]}>{text(`picker.choice.${made}`)}</Chip>
        ),
    };
    return [
      {
        id: "person",
        title: text("field.name"),
        cell: (person) => <Person person={person} isTicked={selected.has(person.workerId)} onTick={onTick} />,
      },
      {
        id: "number",
        title: text("field.employeeNumber"),
        cell: ({ employeeNumber }) => employeeNumber ?? text("field.none"),
      },
      {
        id: "start",
        title: text("field.startDate"),
        cell: ({ startDate }) => (
          <span className="whitespace-nowrap">
            {startDate === null ? text("field.none") : formats.shortDate(startDate)}
          </span>
        ),
      },
      ...(withChoices ? [choice] : []),
      state,
    ];
  }, [text, formats, selected, onTick, withChoices]);
  return (
    <DataTable
      label={text("picker.table")}
      columns={columns}
      rows={people}
      rowKey={({ workerId }) => workerId}
    />
  );
}

interface PersonProps extends Pick<CandidateTableProps, "onTick"> {
  readonly person: Candidate;
  readonly isTicked: boolean;
}

function Person({ person, isTicked, onTick }: PersonProps) {
  const text = useText();
  const name = candidateName(person);
  return (
    <span className="flex items-start gap-2.5">
      <TickBox
        label={text("picker.tick", { name: name ?? person.workerId })}
        isTicked={isTicked}
        onTick={(ticked, isRange) => onTick(person.workerId, ticked, isRange)}
      />
      <span className="min-w-0">
        <span className="block font-medium">
          {person.employeeId === null ? (
            (name ?? <span className="text-quiet">{text("picker.noName")}</span>)
          ) : (
            <Link to={paths.personLiantis} params={{ employeeId: person.employeeId }} className="link">
              {name ?? text("picker.noName")}
            </Link>
          )}
        </span>
        <span className="block text-quiet">
          {person.email === null ? text("picker.noEmail") : <Email address={person.email} />}
        </span>
      </span>
    </span>
  );
}

function Match({ person: { match, remedy, choice } }: { readonly person: Candidate }) {
  const text = useText();
  const { tone, icon } = matchLooks[match];
  return (
    <span className="block space-y-1">
      <Chip tone={tone} icon={icon}>
        {text(`picker.match.${match}`)}
      </Chip>
      {match === "existing" && choice !== "selected" && (
        <span className="block text-quiet">{text("picker.match.existing.how")}</span>
      )}
      {remedy !== null && <span className="block max-w-xs">{remedy}</span>}
    </span>
  );
}
