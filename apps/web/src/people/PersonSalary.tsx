import type { WageContract } from "@payflip/contract/wage-contracts.ts";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { EyeOff } from "lucide-react";
import { useSession } from "../access/session.ts";
import { employeeQuery, wageContractsQuery } from "../api/queries.ts";
import { Facts } from "../ui/Facts.tsx";
import { useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";
import { Chip, type Tone } from "../ui/Chip.tsx";
import { Notice } from "../ui/Notice.tsx";
import { EmptyState } from "../ui/Page.tsx";
import { LoadProblem } from "../ui/Loaded.tsx";
import { SkeletonBlock } from "../ui/Skeleton.tsx";
import { type ContractState, contractState, inReadingOrder } from "./contract-state.ts";

export function PersonSalary() {
  const text = useText();
  const { seesWages } = useSession();
  if (seesWages) return <Contracts />;
  return (
    <EmptyState title={text("wages.hidden.title")}>
      <p className="flex items-center gap-2">
        <EyeOff className="size-4 shrink-0" aria-hidden />
        {text("wages.hidden.why")}
      </p>
    </EmptyState>
  );
}

function Contracts() {
  const text = useText();
  const { employeeId } = useParams({ from: "/account/users/$employeeId" });
  const { data: employee } = useQuery(employeeQuery(employeeId));
  const formats = useFormats();
  const { data, error, refetch } = useQuery(wageContractsQuery(employeeId));
  if (error) {
    return <LoadProblem query={{ error, refetch }} />;
  }
  if (data === undefined) return <SkeletonBlock label={text("state.loading")} />;
  if (data.items.length === 0) {
    return (
      <EmptyState title={text("wages.none")}>{employee?.linked && text("wages.none.linked")}</EmptyState>
    );
  }
  return (
    <div className="space-y-5">
      {employee?.linked && <Notice title={text("wages.managed")} />}
      {inReadingOrder(data.items, formats.today()).map((contract) => (
        <Contract key={contract.providerContractId} contract={contract} />
      ))}
    </div>
  );
}

const tones: Readonly<Record<ContractState, Tone>> = {
  current: "success",
  future: "info",
  ended: "neutral",
  withdrawn: "neutral",
  other: "neutral",
};

function Contract({ contract }: { readonly contract: WageContract }) {
  const text = useText();
  const formats = useFormats();
  const state = contractState(contract, formats.today());
  const unknown = text("wages.unknown");
  const amount = contract.grossMonthly ?? contract.grossAmount;
  const perHour = contract.grossMonthly === null && contract.wageType === "hourly";
  return (
    <article className="card p-5">
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="text-xl font-semibold tabular-nums">
          {amount === null
            ? unknown
            : text(perHour ? "wages.perHour" : "wages.perMonth", { amount: formats.money(amount) })}
        </h2>
        <Chip tone={tones[state]}>{text(`contract.state.${state}`)}</Chip>
        {contract.wageType && <Chip>{text(`wageType.${contract.wageType}`)}</Chip>}
      </div>
      <Derivation contract={contract} />
      <div className="mt-4">
        <Facts
          facts={[
            { label: text("wages.period"), value: <Period contract={contract} /> },
            {
              label: text("wages.weeklyHours"),
              value: contract.weeklyHours === null ? unknown : formats.hours(contract.weeklyHours),
            },
            {
              label: text("wages.regime"),
              value:
                contract.workRegimePercentage === null
                  ? unknown
                  : formats.percent(contract.workRegimePercentage),
            },
            {
              label: text("wages.employerPercentage"),
              value:
                contract.employerSocialSecurityPercentage === null
                  ? unknown
                  : formats.percent(contract.employerSocialSecurityPercentage),
            },
            { label: text("wages.contractNumber"), value: contract.providerContractId },
          ]}
        />
      </div>
    </article>
  );
}

/** How the monthly wage was derived: the formula of a conversion, else the text of the server. */
function Derivation({ contract: { derivation, grossMonthly } }: { readonly contract: WageContract }) {
  const text = useText();
  const formats = useFormats();
  if (derivation === null) return null;
  const { kind, grossAmount, weeklyHours } = derivation;
  if (kind !== "hourly_to_monthly" || grossAmount === null || weeklyHours === null || grossMonthly === null) {
    return <p className="mt-1 text-sm text-quiet">{derivation.text}</p>;
  }
  const numbers = {
    hourly: formats.money(grossAmount),
    hours: formats.number(weeklyHours),
    monthly: formats.money(grossMonthly),
  };
  return <p className="mt-1 text-sm text-quiet tabular-nums">{text("wages.derivation", numbers)}</p>;
}

function Period({ contract: { startDate, endDate } }: { readonly contract: WageContract }) {
  const text = useText();
  const formats = useFormats();
  const start = startDate === null ? text("wages.unknown") : formats.date(startDate);
  if (endDate === null) return text("wages.since", { start });
  return text("wages.fromTo", { start, end: formats.date(endDate) });
}
