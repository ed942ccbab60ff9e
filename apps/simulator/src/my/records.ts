import { randomUUID } from "node:crypto";
import type { RawWorker } from "../state/employer.ts";

/** A worker or contract as stored: every field can be missing or malformed. */
export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(raw: RawWorker): Fields {
  return typeof raw === "object" && raw !== null ? (raw as Fields) : {};
}

export function contractsOf(worker: Fields): readonly Fields[] {
  const contracts = worker["wageContracts"];
  return Array.isArray(contracts) ? contracts.map(fieldsOf) : [];
}

export function withContract(worker: Fields, contractId: string, values: Fields): Fields {
  const wageContracts = contractsOf(worker).map((contract) =>
    contract["contractId"] === contractId ? { ...contract, ...values } : contract,
  );
  return { ...worker, wageContracts };
}

/** The new contract always has a new id, even if it replaces a removed one: the partner API documents it so. */
export function withNewContract(worker: Fields, values: Fields): Fields {
  const contractId = `C-${randomUUID()}`;
  return { ...worker, wageContracts: [...contractsOf(worker), { contractId, ...values }] };
}

export function withoutContract(worker: Fields, contractId: string): Fields {
  const wageContracts = contractsOf(worker).filter((contract) => contract["contractId"] !== contractId);
  return { ...worker, wageContracts };
}

/** The text of a stored value in a form; malformed values are shown as JSON. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

export function nameOf(worker: Fields): string {
  const name = `${textOf(worker["firstName"])} ${textOf(worker["lastName"])}`.trim();
  return name === "" ? textOf(worker["workerId"]) : name;
}
