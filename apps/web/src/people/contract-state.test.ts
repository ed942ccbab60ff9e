import assert from "node:assert/strict";
import { it } from "node:test";
import type { WageContract } from "@payflip/contract/employees.ts";
import { contractState } from "./contract-state.ts";

const contract: WageContract = {
  providerContractId: "C-1",
  wageType: "monthly",
  grossAmount: "3000.00",
  grossMonthly: "3000.00",
  derivation: null,
  startDate: "2026-01-01",
  endDate: null,
  weeklyHours: null,
  workRegimePercentage: null,
  employerSocialSecurityPercentage: null,
  current: false,
  withdrawn: false,
};

it("believes the server about the current contract, and the calendar about the others", () => {
  const today = "2026-11-22";
  assert.equal(contractState({ ...contract, current: true }, today), "current");
  assert.equal(contractState({ ...contract, startDate: "2026-11-23" }, today), "future");
  assert.equal(contractState({ ...contract, endDate: "2026-11-21" }, today), "ended");
  assert.equal(contractState({ ...contract, endDate: today }, today), "other");
  assert.equal(contractState({ ...contract, current: true, withdrawn: true }, today), "withdrawn");
});
