/**
 * What was sent of people, read by the words of the provider's contract: a second reading beside the engine's own, kept plain.
 */
export interface Reading {
  workerId: string;
  number: string | null;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  language: "nl" | "fr" | "en" | null;
  /** Also one that we do not speak. */
  languageSent: boolean;
  start: string | null;
  contracts: Map<string, ContractReading>;
  /** Fields of the person that were sent in a form nobody can read. */
  defects: Set<string>;
}

export interface ContractReading {
  contractId: string;
  statute: string | null;
  wageType: string | null;
  /** Also one that we do not know. */
  wageTypeSent: boolean;
  amount: string | null;
  startDate: string | null;
  /** Undefined: nothing usable was sent. */
  endDate: string | null | undefined;
  hours: string | null;
  reference: string | null;
  regime: string | null;
  nsso: string | null;
  committee: string | null;
  defects: Set<string>;
}

/** A first day that can be meant: one of our times, and not after the last of the contracts has ended. */
export function usableStart({ start, contracts }: Reading): string | null {
  const year = Number(start?.slice(0, 4) ?? "0");
  if (start === null || year < 1900 || year > 2100) return null;
  const isOver = ({ startDate, endDate }: ContractReading) =>
    typeof endDate === "string" && endDate < start && endDate >= (startDate ?? "");
  const all = [...contracts.values()];
  return all.length > 0 && all.every(isOver) ? null : start;
}

export interface Listing {
  people: Map<string, Reading>;
  /** Of whom only the id could be read. */
  unreadable: Set<string>;
  /** In selective mode: listed, and not selected. */
  unchosen: Set<string>;
  /** Somebody was sent of whom not even the id could be read. */
  nameless: boolean;
}

/** The items of a listing, in the order in which they were sent: of a worker who was sent twice the last one counts. */
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

/** The same with only those in scope read; of the others the id is all there is. */
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

function text(from: Record<string, unknown>, field: string, defects: Set<string>): string | null {
  const value = from[field] ?? null;
  if (value === null) return null;
  if (typeof value !== "string") {
    defects.add(field);
    return null;
  }
  return value.trim() === "" ? null : value.trim();
}

function decimal(from: Record<string, unknown>, field: string, defects: Set<string>): string | null {
  const value = text(from, field, defects);
  if (value === null || /^-?\d{1,9}(\.\d{1,4})?$/.test(value)) return value;
  defects.add(field);
  return null;
}

function date(from: Record<string, unknown>, field: string, defects: Set<string>): string | null {
  const value = text(from, field, defects);
  if (value === null || isDate(value)) return value;
  defects.add(field);
  return null;
}

function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const at = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
}
