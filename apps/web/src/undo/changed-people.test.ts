import assert from "node:assert/strict";
import { it } from "node:test";
import type { Change } from "@payflip/contract/syncs.ts";
import { changedPeople } from "./changed-people.ts";

function change(employeeId: string, employeeName: string, revertedAt: string | null = null): Change {
  return {
    id: "",
    employeeId,
    employeeName,
    workerId: "",
    contractId: null,
    field: "email",
    before: null,
    after: null,
    reason: "changed_in_liantis",
    revertedAt,
  };
}

it("names each person once, and leaves out people whose changes are all undone", () => {
  const changes = [
    change("2", "Zoé"),
    change("1", "Jan"),
    change("2", "Zoé", "2026-01-01T00:00:00Z"),
    change("3", "An", "2026-01-01T00:00:00Z"),
  ];
  assert.deepEqual(
    changedPeople(changes).map(({ employeeName }) => employeeName),
    ["Jan", "Zoé"],
  );
});
