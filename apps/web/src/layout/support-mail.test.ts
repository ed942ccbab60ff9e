import assert from "node:assert/strict";
import { test } from "node:test";
import { supportMail } from "./support-mail.ts";

test("a mail to support names the page and the entity", () => {
  const subjectOf = (address: string) => new URL(address).searchParams.get("subject");
  const onIssues = supportMail("help@payflip.example", { pathname: "/settings/x&y", entityId: "e-1" });
  assert.ok(onIssues.startsWith("mailto:help@payflip.example?subject="));
  assert.equal(subjectOf(onIssues), "Payflip · /settings/x&y · e-1");
  const onFleet = supportMail("help@payflip.example", { pathname: "/fleet", entityId: null });
  assert.equal(subjectOf(onFleet), "Payflip · /fleet");
});
