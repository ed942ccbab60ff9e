import { generateEmployment } from "../generate/employment.ts";
import {
  generatedIndexOf,
  generatedWorkerId,
  generateWorker,
  type GeneratorSettings,
} from "../generate/worker.ts";
import { isCalendarDate } from "./calendar.ts";

/** Any JSON value: the control API can store malformed workers. */
export type RawWorker = unknown;

export interface Consent {
  status: "none" | "granted" | "revoked";
  consentId: string | null;
  grantedAt: string | null;
}

/** An employer in the state file: the settings that generate its workers, and what differs from those. */
export interface EmployerSnapshot {
  readonly enterpriseNumber: string;
  readonly name: string;
  readonly available: boolean;
  readonly consent: Consent;
  readonly generated: GeneratorSettings;
  readonly nextNumber: number;
  readonly removed: readonly string[];
  readonly edited: readonly (readonly [string, RawWorker])[];
}

/**
 * An employer and its workers. Generated workers are generated again at each reading. Only edited, added and
 * removed ones are stored, so that an employer of a hundred thousand people needs little memory.
 */
export class Employer {
  readonly enterpriseNumber: string;
  readonly generated: GeneratorSettings;
  name: string;
  /** False: Liantis knows the employer, but it does not have the integration (the look-up answers 404). */
  available: boolean;
  consent: Consent;
  readonly #edited: Map<string, RawWorker>;
  readonly #removed: Set<string>;
  readonly #ids: string[];
  #nextNumber: number;
  /**
   * The number of workers who are shown on the day of the last count. Every change updates it, so that no change
   * needs a recount. Before the first count the day is empty and the number has no meaning.
   */
  #visible = { today: "", count: 0 };

  constructor(snapshot: EmployerSnapshot) {
    this.enterpriseNumber = snapshot.enterpriseNumber;
    this.generated = snapshot.generated;
    this.name = snapshot.name;
    this.available = snapshot.available;
    this.consent = { ...snapshot.consent };
    this.#edited = new Map(snapshot.edited);
    this.#removed = new Set(snapshot.removed);
    this.#nextNumber = snapshot.nextNumber;
    const ids = Array.from({ length: snapshot.generated.workers }, (_, index) => generatedWorkerId(index));
    for (const id of this.#edited.keys()) if (!this.#isGenerated(id)) ids.push(id);
    this.#ids = ids.filter((id) => !this.#removed.has(id)).toSorted(compareIds);
  }

  snapshot(): EmployerSnapshot {
    return {
      enterpriseNumber: this.enterpriseNumber,
      name: this.name,
      available: this.available,
      consent: this.consent,
      generated: this.generated,
      nextNumber: this.#nextNumber,
      removed: [...this.#removed],
      edited: [...this.#edited],
    };
  }

  workerCount(): number {
    return this.#ids.length;
  }

  /** Undefined if the employer has no such worker. */
  worker(workerId: string): RawWorker {
    if (this.#removed.has(workerId)) return undefined;
    if (this.#edited.has(workerId)) return this.#edited.get(workerId);
    const index = generatedIndexOf(workerId);
    if (index === null || !this.#isGenerated(workerId)) return undefined;
    return generateWorker(this.generated, index);
  }

  putWorker(workerId: string, raw: RawWorker): void {
    const { today } = this.#visible;
    this.#visible.count -= this.worker(workerId) !== undefined && this.isVisible(workerId, today) ? 1 : 0;
    this.#removed.delete(workerId);
    this.#edited.set(workerId, raw);
    this.#nextNumber = Math.max(this.#nextNumber, (generatedIndexOf(workerId) ?? -1) + 1);
    const position = this.#positionAfter(workerId);
    if (this.#ids[position - 1] !== workerId) this.#ids.splice(position, 0, workerId);
    this.#visible.count += this.isVisible(workerId, today) ? 1 : 0;
  }

  removeWorker(workerId: string): boolean {
    const position = this.#positionAfter(workerId) - 1;
    if (this.#ids[position] !== workerId) return false;
    this.#visible.count -= this.isVisible(workerId, this.#visible.today) ? 1 : 0;
    this.#ids.splice(position, 1);
    this.#edited.delete(workerId);
    if (this.#isGenerated(workerId)) this.#removed.add(workerId);
    return true;
  }

  /** An id that no worker of this employer has or ever had. */
  newWorkerId(): string {
    this.#nextNumber += 1;
    return generatedWorkerId(this.#nextNumber - 1);
  }

  /** Up to `limit` ids of workers who are shown today, after `workerId` in the order of the listing. */
  visibleAfter(workerId: string, limit: number, today: string): { ids: string[]; more: boolean } {
    const ids: string[] = [];
    for (let position = this.#positionAfter(workerId); position < this.#ids.length; position += 1) {
      const id = this.#ids[position];
      if (id === undefined || !this.isVisible(id, today)) continue;
      if (ids.length === limit) return { ids, more: true };
      ids.push(id);
    }
    return { ids, more: false };
  }

  /** Up to `limit` ids of workers who are shown today, ending with `workerId`: the previous page. */
  visibleUpTo(workerId: string, limit: number, today: string): string[] {
    const ids: string[] = [];
    const last = this.#positionAfter(workerId) - 1;
    for (let position = last; position >= 0 && ids.length < limit; position -= 1) {
      const id = this.#ids[position];
      if (id !== undefined && this.isVisible(id, today)) ids.unshift(id);
    }
    return ids;
  }

  visibleCount(today: string): number {
    if (this.#visible.today !== today) {
      const count = this.#ids.reduce((sum, id) => sum + (this.isVisible(id, today) ? 1 : 0), 0);
      this.#visible = { today, count };
    }
    return this.#visible.count;
  }

  /** By the contract, a worker is shown until a year after the end of the employment. */
  isVisible(workerId: string, today: string): boolean {
    const endDate = this.#endDateOf(workerId);
    return !isCalendarDate(endDate) || endDate > addYears(today, -1);
  }

  #endDateOf(workerId: string): unknown {
    if (this.#edited.has(workerId)) {
      const raw = this.#edited.get(workerId);
      return typeof raw === "object" && raw !== null && "employmentEndDate" in raw
        ? raw.employmentEndDate
        : null;
    }
    const index = generatedIndexOf(workerId) ?? 0;
    return generateEmployment(this.generated.seed, index, this.generated.asOf).endDate;
  }

  #isGenerated(workerId: string): boolean {
    const index = generatedIndexOf(workerId);
    return index !== null && index >= 0 && index < this.generated.workers;
  }

  #positionAfter(workerId: string): number {
    let low = 0;
    let high = this.#ids.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareIds(this.#ids[middle] ?? "", workerId) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/**
 * A worker as the partner API shows it: without the contracts that ended more than five years ago. Malformed
 * values stay unchanged.
 */
export function shownWorker(raw: RawWorker, today: string): RawWorker {
  if (
    typeof raw !== "object" ||
    raw === null ||
    !("wageContracts" in raw) ||
    !Array.isArray(raw.wageContracts)
  ) {
    return raw;
  }
  const oldest = addYears(today, -5);
  const contracts: unknown[] = raw.wageContracts;
  return { ...raw, wageContracts: contracts.filter((contract) => !endedBefore(contract, oldest)) };
}

function endedBefore(contract: unknown, date: string): boolean {
  if (typeof contract !== "object" || contract === null || !("endDate" in contract)) return false;
  return isCalendarDate(contract.endDate) && contract.endDate < date;
}

function addYears(date: string, years: number): string {
  const moved = `${Number(date.slice(0, 4)) + years}${date.slice(4)}`;
  const exists = Boolean(isCalendarDate(moved));
  // 29 February does not exist in most years.
  return exists ? moved : `${moved.slice(0, 8)}28`;
}

function compareIds(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
