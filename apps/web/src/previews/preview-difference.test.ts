import assert from "node:assert/strict";
import { it } from "node:test";
import type { PreviewOperation } from "@payflip/contract/previews.ts";
import { previewDifference } from "./preview-difference.ts";

function operation(
  workerId: string,
  bucket: PreviewOperation["bucket"],
  values: Record<string, string> = {},
): PreviewOperation {
  const changes = Object.entries(values).map(([field, after]) => ({
    contractId: null,
    field,
    before: null,
    after,
  }));
  return { workerId, bucket, employeeId: null, employeeName: `Person ${workerId}`, changes };
}

it("names who is new, gone or told something else, and nobody who is the same in another order", () => {
  const older = [
    operation("same", "updated", { firstName: "Zoé", email: "z@x.be" }),
    operation("value", "updated", { firstName: "Jan" }),
    operation("bucket", "created"),
    operation("gone", "linked"),
  ];
  const newer = [
    operation("value", "updated", { firstName: "Johan" }),
    operation("newcomer", "created"),
    operation("bucket", "failed"),
    operation("same", "updated", { email: "z@x.be", firstName: "Zoé" }),
  ];
  assert.deepEqual(
    previewDifference(older, newer).map(({ workerId, before, after }) => [
      workerId,
      before?.bucket ?? null,
      after?.bucket ?? null,
    ]),
    [
      ["value", "updated", "updated"],
      ["newcomer", null, "created"],
      ["bucket", "created", "failed"],
      ["gone", "linked", null],
    ],
  );
  assert.deepEqual(previewDifference(older, older), []);
});
