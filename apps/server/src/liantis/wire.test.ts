import assert from "node:assert/strict";
import { test } from "node:test";
import { readWorkerPage } from "./wire.ts";

const page = { items: [], nextCursor: "c2", total: 3, snapshotAt: "2026-11-20T10:00:00Z" };

test("a page with an unusable envelope is refused as a whole", () => {
  assert.deepEqual(readWorkerPage({ ...page, more: 1 }, null), page);
  const wrong: Record<string, unknown>[] = [
    { items: {} },
    { nextCursor: "" },
    { nextCursor: 7 },
    { nextCursor: "c1" },
    { nextCursor: "c\u00002" },
    { nextCursor: "c".repeat(8001) },
    { total: -1 },
    { total: 1.5 },
    { total: "3" },
    { total: 2 ** 31 },
    { snapshotAt: "yesterday" },
  ];
  for (const fields of wrong) {
    assert.throws(
      () => readWorkerPage({ ...page, ...fields }, "c1"),
      { code: "MALFORMED_ANSWER" },
      Object.keys(fields).join(),
    );
  }
});
