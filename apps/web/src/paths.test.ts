import assert from "node:assert/strict";
import { it } from "node:test";
import { paths, safeReturnPath } from "./paths.ts";

it("keeps the addresses that mails, problems and callbacks point to", () => {
  assert.deepEqual(paths, {
    home: "/",
    signIn: "/sign-in",
    forgotPassword: "/forgot-password",
    accountLink: "/account-links/$token",
    users: "/users",
    person: "/users/$employeeId",
    salary: "/users/$employeeId/salary",
    personLiantis: "/users/$employeeId/liantis",
    company: "/settings/company",
    admins: "/settings/admins",
    apiKeys: "/settings/api-keys",
    integrations: "/settings/integrations",
    liantis: "/settings/integrations/liantis",
    activate: "/settings/integrations/liantis/activate",
    history: "/settings/integrations/liantis/history",
    run: "/settings/integrations/liantis/runs/$runId",
    issues: "/settings/integrations/liantis/issues",
    choices: "/settings/integrations/liantis/people",
    mode: "/settings/integrations/liantis/mode",
    tasks: "/settings/integrations/liantis/tasks",
    holds: "/settings/integrations/liantis/holds",
    links: "/settings/integrations/liantis/links",
    customers: "/customers",
    customer: "/customers/$customerId",
    fleet: "/fleet",
    cases: "/cases",
    case: "/cases/$caseId",
  });
});

it("returns to a page of the app only", () => {
  assert.equal(safeReturnPath("/users?q=an"), "/users?q=an");
  for (const elsewhere of [
    undefined,
    "",
    "https://example.org",
    "//example.org",
    "/\\example.org",
    "users",
  ]) {
    assert.equal(safeReturnPath(elsewhere), "/", String(elsewhere));
  }
  assert.equal(safeReturnPath("/sign-in?returnTo=/users"), "/");
});
