import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Employer } from "./employer.ts";

const TODAY = "2026-06-15";

function employerOf(workers: number): Employer {
  const generated = { seed: "s", workers, missingEmailShare: 0, asOf: TODAY, mailDomain: "x.example" };
  const consent = { status: "none" as const, consentId: null, grantedAt: null };
  const recipe = { enterpriseNumber: "1900000000", name: "X", available: true, consent, generated };
  return new Employer({ ...recipe, nextNumber: workers, removed: [], edited: [] });
}

const workerId = fc.integer({ min: 1, max: 14 }).map((number) => `W${String(number).padStart(7, "0")}`);
const endDate = fc.constantFrom(null, "2024-01-01", "2026-01-01", 5);
const change = fc.oneof(
  fc.record({ kind: fc.constant("put" as const), workerId, endDate }),
  fc.record({ kind: fc.constant("remove" as const), workerId }),
  fc.record({ kind: fc.constant("add" as const), endDate }),
);

test("after any changes the count, the listing and the restored state agree, and no id is used twice", () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
      const employer = employerOf(10);
      employer.visibleCount(TODAY);
      const used = new Set<string>();
      for (const one of changes) {
        if (one.kind === "remove") employer.removeWorker(one.workerId);
        else {
          const id = one.kind === "put" ? one.workerId : employer.newWorkerId();
          if (one.kind === "add") assert.ok(!used.has(id), `${id} was used before`);
          used.add(id);
          employer.putWorker(id, { workerId: id, employmentEndDate: one.endDate });
        }
      }
      const { ids } = employer.visibleAfter("", Number.POSITIVE_INFINITY, TODAY);
      assert.deepEqual(ids, ids.toSorted());
      assert.equal(employer.visibleCount(TODAY), ids.length);
      const restored = new Employer(structuredClone(employer.snapshot()));
      assert.deepEqual(restored.visibleAfter("", Number.POSITIVE_INFINITY, TODAY).ids, ids);
      assert.equal(restored.newWorkerId(), employer.newWorkerId());
    }),
  );
});
