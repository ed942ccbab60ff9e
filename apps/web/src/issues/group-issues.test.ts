import assert from "node:assert/strict";
import { it } from "node:test";
import type { Issue } from "@payflip/contract/issues.ts";
import { groupIssues } from "./group-issues.ts";

function issue(code: string, severity: Issue["severity"]): Issue {
  return {
    id: `${code} ${severity}`,
    entityId: "",
    code,
    title: `${code} in words`,
    severity,
    who: "customer",
    workerId: null,
    employeeId: null,
    employeeName: null,
    employeeNumber: null,
    contractId: null,
    cause: "",
    remedy: "",
    link: "",
    firstSeenAt: "",
    lastSeenAt: "",
    runs: 1,
    status: "open",
    acceptedReason: null,
    reviewOn: null,
  };
}

it("puts the worst cause first, then the most frequent", () => {
  const groups = groupIssues([
    issue("NOTED", "notice"),
    issue("ODD", "warning"),
    issue("RARE", "error"),
    issue("OFTEN", "error"),
    issue("OFTEN", "error"),
    issue("ODD", "error"),
  ]);
  assert.deepEqual(
    groups.map(({ code, severity, issues }) => [code, severity, issues.length]),
    [
      ["ODD", "error", 2],
      ["OFTEN", "error", 2],
      ["RARE", "error", 1],
      ["NOTED", "notice", 1],
    ],
  );
});
