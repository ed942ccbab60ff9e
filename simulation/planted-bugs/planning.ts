import type { PlantedBug } from "./planted-bug.ts";

/** Mistakes in the pure rules of matching, planning, guards, holds and undo (domain). */
export const planningBugs: readonly PlantedBug[] = [
  {
    name: "matches two people with one address",
    file: "apps/server/src/domain/plan/first-match.ts",
    text: "if (isAccepted || !namesDiffer(source, employee)) return null;",
    instead: "if (isAccepted || source !== null) return null;",
  },
  {
    name: "matches an employee who has left",
    file: "apps/server/src/domain/plan/first-match.ts",
    text: 'if (employee.deactivated) return personIssue("REHIRE_OF_DEACTIVATED_USER", params);',
    instead: "",
  },
  {
    name: "imports a shared address",
    file: "apps/server/src/domain/plan/plan-person.ts",
    text: "if (facts.sameEmailEmployeeNumbers.length > 0) {",
    instead: "if (facts.sameEmailEmployeeNumbers.length > 9) {",
  },
  {
    name: "gives each person the customer's language",
    file: "apps/server/src/domain/plan/plan.ts",
    text: "language: source.language ?? policy.defaultLanguage,",
    instead: "language: policy.defaultLanguage,",
  },
  {
    name: "wipes a name that was not sent",
    file: "apps/server/src/domain/plan/plan.ts",
    text: "after: person.values[field] ?? employee[field],",
    instead: "after: person.values[field],",
  },
  {
    name: "accepts any start of service",
    file: "apps/server/src/domain/plan/plan-person.ts",
    text: "if (startDate !== null && isPlausibleDate(startDate)) return { value: startDate, issues: [] };",
    instead: "if (startDate !== null) return { value: startDate, issues: [] };",
  },
  {
    name: "opens no issue for a missing address",
    file: "apps/server/src/domain/plan/plan-person.ts",
    text: ': unusable("EMAIL_MISSING", {});',
    instead: ": { value: null, issues: [] };",
  },
  {
    name: "never withdraws a contract",
    file: "apps/server/src/domain/plan/plan-contracts.ts",
    text: "return stored.endDate === null || stored.endDate >= today;",
    instead: "return false;",
  },
  {
    name: "loses the joint committee",
    file: "apps/server/src/domain/records/record-text.ts",
    text: "({ ...notUsableContract, ...contract })",
    instead: "({ ...notUsableContract, ...contract, jointCommittee: null })",
  },
  {
    name: "writes a wage that jumped",
    file: "apps/server/src/domain/plan/hold-plan.ts",
    text: "if (reasons.length === 0) return { contracts, holds: [] };",
    instead: "if (reasons.length < 99) return { contracts, holds: [] };",
  },
  {
    name: "judges each wage contract by itself",
    file: "apps/server/src/domain/guards/wage-guard.ts",
    text: "...jumpReasons(before, plan, limits),",
    instead: "",
  },
  {
    name: "never applies an accepted wage",
    file: "apps/server/src/domain/plan/person-holds.ts",
    text: 'if (decided?.status === "accepted") return null;',
    instead: "",
  },
  {
    name: "holds again what was rejected",
    file: "apps/server/src/domain/plan/person-holds.ts",
    text: 'status: decided?.status ?? "open"',
    instead: 'status: "open"',
  },
  {
    name: "accepts many absent people without a hold",
    file: "apps/server/src/domain/guards/guard.ts",
    text: "newlyAbsentPeople * 100 > thresholds.absentPercentMax * linkedPeople;",
    instead: "newlyAbsentPeople * 100 > 100 * linkedPeople;",
  },
  {
    name: "accepts an empty listing without a hold",
    file: "apps/server/src/domain/guards/guard.ts",
    text: "if (newlyAbsentPeople >= linkedPeople && linkedPeople > 1) {",
    instead: "if (newlyAbsentPeople > linkedPeople) {",
  },
  {
    name: "does not notice that a field emptied",
    file: "apps/server/src/domain/guards/guard.ts",
    text: "lost >= thresholds.coverageDropPeopleMin &&",
    instead: "lost >= 99 &&",
  },
  {
    name: "counts no person in a held run",
    file: "apps/server/src/domain/plan/counts.ts",
    text: "held: counts.held + created + linked + updated };",
    instead: "held: counts.held };",
  },
  {
    name: "misses the night",
    file: "apps/server/src/domain/time/schedule.ts",
    text: "return slot <= state.now && state.activeSince < slot ? today : null;",
    instead: "return slot <= state.now && state.activeSince > slot ? today : null;",
  },
  {
    name: "undoes values that were written since",
    file: "apps/server/src/domain/undo/plan-undo.ts",
    text: "const isFree = isSameValue(employee[field], after) && !person.touched.has(touchKey(null, field));",
    instead: "const isFree = true;",
  },
  {
    name: "undoes one field of a change and reports all",
    file: "apps/server/src/domain/undo/plan-undo.ts",
    text: "for (const field of openFields(change).filter(isUpdatedPersonField)) {",
    instead: "for (const field of openFields(change).filter(isUpdatedPersonField).slice(0, 1)) {",
  },
];
