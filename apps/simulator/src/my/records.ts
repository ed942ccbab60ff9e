import { randomUUID } from "node:crypto";
import type { RawWorker } from "../state/employer.ts";

/** A worker or contract as the site reads it: anything may be missing or malformed. */
export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(raw: RawWorker): Fields {
  return typeof raw === "object" && raw !== null ? (raw as Fields) : {};
}

export function contractsOf(worker: Fields): readonly Fields[] {
  const contracts = worker["wageContracts"];
  return Array.isArray(contracts) ? contracts.map(fieldsOf) : [];
}

/** The worker with one contract changed. */
export function withContract(worker: Fields, contractId: string, values: Fields): Fields {
  const wageContracts = contractsOf(worker).map((contract) =>
    contract["contractId"] === contractId ? { ...contract, ...values } : contract,
  );
  return { ...worker, wageContracts };
}

/** The worker with one contract more; a re-entered contract has an id of its own, says the contract. */
export function withNewContract(worker: Fields, values: Fields): Fields {
  const contractId = `C-${randomUUID()}`;
  return { ...worker, wageContracts: [...contractsOf(worker), { contractId, ...values }] };
}

export function withoutContract(worker: Fields, contractId: string): Fields {
  const wageContracts = contractsOf(worker).filter((contract) => contract["contractId"] !== contractId);
  return { ...worker, wageContracts };
}

/** What stands in a text field for a stored value; malformed values are shown as JSON. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

export function nameOf(worker: Fields): string {
  const name = `${textOf(worker["firstName"])} ${textOf(worker["lastName"])}`.trim();
  return name === "" ? textOf(worker["workerId"]) : name;
}
