import type { WageContract } from "@payflip/contract/wage-contracts.ts";

export type ContractState = "current" | "future" | "ended" | "withdrawn" | "other";

/** The state of a contract on `today` (`YYYY-MM-DD` in Belgium). The server decides which one is current. */
export function contractState(contract: WageContract, today: string): ContractState {
  if (contract.withdrawn) return "withdrawn";
  if (contract.current) return "current";
  if (contract.startDate !== null && contract.startDate > today) return "future";
  if (contract.endDate !== null && contract.endDate < today) return "ended";
  return "other";
}

const order: readonly ContractState[] = ["current", "future", "other", "ended", "withdrawn"];

/** The current contract first, then future ones, then past ones; each group by start date, the latest first. */
export function inReadingOrder(contracts: readonly WageContract[], today: string): WageContract[] {
  const place = (contract: WageContract) => order.indexOf(contractState(contract, today));
  return contracts.toSorted(
    (a, b) => place(a) - place(b) || (b.startDate ?? "").localeCompare(a.startDate ?? ""),
  );
}
