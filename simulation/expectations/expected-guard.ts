import type { FilledMemory } from "../model/world.ts";
import {
  absentPeopleMax,
  absentPercentMax,
  allAbsentPeopleMin,
  filledPercentMin,
  lostPeopleMin,
  lostPercentMax,
} from "./expected-limits.ts";
import type { Breach } from "../observations/step-span.ts";
import type { Finished } from "./finished-run.ts";
import type { ContractReading, Reading } from "./reading.ts";
import type { Memory, ModelEntity } from "../model/world.ts";

/** A run is held before its first write exactly when its listing looks wrong. */
export function breachesOfGuard(finished: Finished): Breach[] {
  const { run, entity, listing, world, touched, today } = finished;
  if (run.verdict === "failed" || run.verdict === "incomplete") return [];
  const { memory } = world;
  const expected = reasonsToHold(finished, memory.filled);
  const mark = expected.join();
  const isHeld = run.verdict === "held";
  // A record without an id may be one of the absent people: then the run was held for one absent person less.
  if (isHeld) memory.held.set(run.run_id, listing.nameless ? `${mark} less one` : mark);
  else {
    for (const reading of listing.people.values()) rememberFilled(memory, entity, reading, today);
  }
  // With several runs in a step, an earlier one may have met the guard.
  if (!finished.isOnly) return [];
  // A record without an id may be any of the absent people. What people changed in the step is not calculated here.
  if (
    listing.nameless ||
    memory.confirmed.has(run.run_id) ||
    touched.employees.size > 0 ||
    touched.links.size > 0
  )
    return [];
  const hold = finished.before.holds.find((one) => one.hold_id === run.accepted_hold_id);
  const mayPass = hold !== undefined && memory.held.get(hold.run_id) === mark;
  if (expected.length > 0 && !mayPass && !isHeld) return [`guard: should be held for ${mark}`];
  if (expected.length === 0 && isHeld) return ["guard: held for no reason"];
  return mayPass && isHeld ? ["guard: held although exactly this was accepted"] : [];
}

export function rememberFilled(
  memory: Pick<Memory, "filled">,
  { entityId }: Pick<ModelEntity, "entityId">,
  reading: Reading,
  today: string,
): void {
  memory.filled.set(`${entityId} ${reading.workerId}`, filledOf(reading, today));
}

function reasonsToHold({ before, entity, listing, today }: Finished, filled: FilledMemory): string[] {
  const links = before.links.filter((link) => link.entity_id === entity.entityId);
  const read = new Set([...listing.people.keys(), ...listing.unreadable]);
  const present = new Set([...read, ...listing.unchosen]);
  const linked = links.filter((link) => link.absent_since === null);
  const gone = linked.filter((link) => !present.has(link.worker_id)).map((link) => link.worker_id);
  const reasons: string[] = [];
  const isMany = gone.length > absentPeopleMax && gone.length * 100 > linked.length * absentPercentMax;
  if (linked.length > 0 && present.size === 0) reasons.push("empty listing");
  else if (linked.length >= allAbsentPeopleMin && gone.length >= linked.length) reasons.push("all");
  else if (isMany) reasons.push("many");
  const both = links.filter((link) => read.has(link.worker_id));
  for (const field of watched) {
    const had = both.filter((link) => filled.get(`${entity.entityId} ${link.worker_id}`)?.has(field));
    const have = both.filter((link) => {
      const reading = listing.people.get(link.worker_id);
      return reading === undefined
        ? filled.get(`${entity.entityId} ${link.worker_id}`)?.has(field)
        : filledOf(reading, today).has(field);
    });
    const lost = had.length - have.length;
    const wasFilled = had.length * 100 >= both.length * filledPercentMin;
    if (wasFilled && lost >= lostPeopleMin && lost * 100 > both.length * lostPercentMax)
      reasons.push(`emptied ${field}`);
  }
  return reasons.length === 0 ? [] : [...reasons, `gone ${gone.toSorted().join(" ")}`];
}

const personFields = {
  firstName: (one: Reading) => one.firstName !== null,
  lastName: (one: Reading) => one.lastName !== null,
  email: (one: Reading) => one.email !== null,
  start: (one: Reading) => one.start !== null,
  number: (one: Reading) => one.number !== null,
  contracts: (one: Reading) => one.contracts.size > 0,
};
const contractFields = {
  statute: (one: ContractReading) => one.statute !== null,
  amount: (one: ContractReading) => one.amount !== null,
  startDate: (one: ContractReading) => one.startDate !== null,
  hours: (one: ContractReading) => one.hours !== null,
  regime: (one: ContractReading) => one.regime !== null,
  nsso: (one: ContractReading) => one.nsso !== null,
  // A wage type that the product does not know counts as filled.
  wageType: (one: ContractReading) => one.wageTypeSent,
};
const watched = [...Object.keys(personFields), ...Object.keys(contractFields), "languageSent"];

/** Only contracts that have not ended count; all of them where every contract has ended. */
function filledOf(reading: Reading, today: string): Set<string> {
  const filled = new Set<string>();
  for (const [field, isFilled] of Object.entries(personFields)) if (isFilled(reading)) filled.add(field);
  if (reading.languageSent) filled.add("languageSent");
  const all = [...reading.contracts.values()];
  const running = all.filter(
    (one) =>
      (one.startDate !== null && one.startDate > today) ||
      typeof one.endDate !== "string" ||
      one.endDate >= today,
  );
  const contracts = running.length > 0 ? running : all;
  for (const [field, isFilled] of Object.entries(contractFields))
    if (contracts.length > 0 && contracts.every(isFilled)) filled.add(field);
  return filled;
}
