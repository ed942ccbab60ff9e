import { yearMax, yearMin } from "./expected-limits.ts";

/**
 * The sent people, read by the provider's contract and without the engine's code: the two readings check each other.
 */
export interface Reading {
  workerId: string;
  number: string | null;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  language: "nl" | "fr" | "en" | null;
  /** True for a language that the product does not have, too. */
  languageSent: boolean;
  start: string | null;
  contracts: Map<string, ContractReading>;
  /** Fields of the person with a value of the wrong form. */
  defects: Set<string>;
}

export interface ContractReading {
  contractId: string;
  statute: string | null;
  wageType: string | null;
  /** True for a wage type that the product does not know, too. */
  wageTypeSent: boolean;
  amount: string | null;
  startDate: string | null;
  /** Undefined: no usable value was sent. */
  endDate: string | null | undefined;
  hours: string | null;
  reference: string | null;
  regime: string | null;
  nsso: string | null;
  committee: string | null;
  defects: Set<string>;
}

/** The start of service if it is plausible: within the plausible years, and not after the end of every contract. */
export function usableStart({ start, contracts }: Reading): string | null {
  const year = Number(start?.slice(0, 4) ?? "0");
  if (start === null || year < yearMin || year > yearMax) return null;
  const isOver = ({ startDate, endDate }: ContractReading) =>
    typeof endDate === "string" && endDate < start && endDate >= (startDate ?? "");
  const all = [...contracts.values()];
  return all.length > 0 && all.every(isOver) ? null : start;
}

export interface Listing {
  people: Map<string, Reading>;
  /** Only their id could be read. */
  unreadable: Set<string>;
  /** In selective mode: listed and not selected. */
  unchosen: Set<string>;
  /** At least one record had no readable id. */
  nameless: boolean;
}

/** Reads the items of a listing. A worker who was sent twice counts as sent last. */
export function readListing(items: readonly unknown[]): Listing {
  const listing: Listing = { people: new Map(), unreadable: new Set(), unchosen: new Set(), nameless: false };
  for (const item of items) {
    const worker = record(item);
    const workerId = worker === null ? null : idOf(worker["workerId"]);
    const reading = worker === null || workerId === null ? null : readWorker(worker, workerId);
    if (reading !== null) listing.people.set(reading.workerId, reading);
    else if (workerId === null) listing.nameless = true;
    else listing.unreadable.add(workerId);
  }
  for (const workerId of listing.people.keys()) listing.unreadable.delete(workerId);
  return listing;
}

/** The listing with the records of selected workers; the others keep their id only. */
export function inScope(listing: Listing, selected: ReadonlySet<string> | null): Listing {
  if (selected === null) return listing;
  const ids = [...listing.people.keys(), ...listing.unreadable];
  return {
    ...listing,
    people: new Map([...listing.people].filter(([id]) => selected.has(id))),
    unreadable: new Set([...listing.unreadable].filter((id) => selected.has(id))),
    unchosen: new Set(ids.filter((id) => !selected.has(id))),
  };
}

function readWorker(worker: Record<string, unknown>, workerId: string): Reading | null {
  const wages = worker["wageContracts"];
  if (!Array.isArray(wages)) return null;
  const contracts = new Map<string, ContractReading>();
  for (const wage of wages) {
    const contract = record(wage);
    const contractId = contract === null ? null : idOf(contract["contractId"]);
    if (contract === null || contractId === null) return null;
    contracts.set(contractId, readContract(contract, contractId));
  }
  const defects = new Set<string>();
  const code = text(worker, "language", defects);
  const language = code === null ? null : (languages.get(code.toUpperCase()) ?? null);
  return {
    workerId,
    number: text(worker, "employeeNumber", defects),
    firstName: text(worker, "firstName", defects),
    lastName: text(worker, "lastName", defects),
    email: text(worker, "email", defects)?.toLowerCase() ?? null,
    language,
    languageSent: code !== null,
    start: date(worker, "employmentStartDate", defects),
    contracts,
    defects,
  };
}

const languages = new Map<string, Exclude<Reading["language"], null>>([
  ["N", "nl"],
  ["F", "fr"],
  ["E", "en"],
]);
const statutes = new Map([
  ["WHITE_COLLAR", "white_collar"],
  ["BLUE_COLLAR", "blue_collar"],
]);
const wageTypes = new Map([
  ["HOURLY", "hourly"],
  ["MONTHLY", "monthly"],
]);

function readContract(contract: Record<string, unknown>, contractId: string): ContractReading {
  const defects = new Set<string>();
  const statute = text(contract, "statute", defects);
  const wageType = text(contract, "wageType", defects);
  return {
    contractId,
    statute: statutes.get(statute ?? "") ?? null,
    wageType: wageTypes.get(wageType ?? "") ?? null,
    wageTypeSent: wageType !== null,
    amount: decimal(contract, "grossAmount", defects),
    startDate: date(contract, "startDate", defects),
    endDate: contract["endDate"] === null ? null : (date(contract, "endDate", defects) ?? undefined),
    hours: decimal(contract, "weeklyHours", defects),
    reference: decimal(contract, "referenceWeeklyHours", defects),
    regime: decimal(contract, "workRegimePercentage", defects),
    nsso: decimal(contract, "employerSocialSecurityPercentage", defects),
    committee: text(contract, "jointCommittee", defects),
    defects,
  };
}

function record(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
}

function idOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" && value.trim() === value ? value : null;
}

function text(item: Record<string, unknown>, field: string, defects: Set<string>): string | null {
  const value = item[field] ?? null;
  if (value === null) return null;
  if (typeof value !== "string") {
    defects.add(field);
    return null;
  }
  return value.trim() === "" ? null : value.trim();
}

function decimal(item: Record<string, unknown>, field: string, defects: Set<string>): string | null {
  const value = text(item, field, defects);
  if (value === null || /^-?\d{1,9}(\.\d{1,4})?$/.test(value)) return value;
  defects.add(field);
  return null;
}

function date(item: Record<string, unknown>, field: string, defects: Set<string>): string | null {
  const value = text(item, field, defects);
  if (value === null || isDate(value)) return value;
  defects.add(field);
  return null;
}

function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}
