import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { PersonFacts } from "../plan/plan-types.ts";
import { planPerson } from "../plan/plan.ts";
import { applied } from "../testing/applied-plan.ts";
import {
  contractStories,
  type ListedContract,
  onDay,
  storiesBegin,
  storiesEnd,
} from "../testing/contract-stories.ts";
import { aContract, aPolicy, aWorker, linkedTo, someFacts } from "../testing/sample-people.ts";
import { addDays } from "../values/calendar-date.ts";

function sentContract({ id, firstDay, lastDay, regime }: ListedContract) {
  return aContract({ contractId: id, startDate: firstDay, endDate: lastDay, workRegimePercentage: regime });
}

describe("the current contract on each night of a year", () => {
  for (const { name, listed, current } of contractStories) {
    test(name, () => {
      let facts: PersonFacts = someFacts();
      for (let today = storiesBegin; today <= storiesEnd; today = addDays(today, 1)) {
        const source = aWorker({ contracts: onDay(listed, today).map(sentContract) });
        const employee = applied(planPerson(source, facts, aPolicy({ today })), facts);
        assert.equal(employee.currentContractId, onDay(current, today), today);
        facts = linkedTo(employee);
        // The same night again has nothing left to write.
        assert.deepEqual(planPerson(source, facts, aPolicy({ today })).operations, [], today);
      }
      const known = facts.target.kind === "linked" ? facts.target.employee.contracts : [];
      const ever = new Set(listed.flatMap(([, contracts]) => contracts.map((one) => one.id)));
      assert.deepEqual(new Set(known.map((one) => one.contractId)), ever, "history is kept");
    });
  }
});
