import assert from "node:assert/strict";
import { it } from "node:test";
import type { WageContract } from "@payflip/contract/wage-contracts.ts";
import { contractState, inReadingOrder } from "./contract-state.ts";

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

it("takes the current contract from the server and the state of the others from the calendar", () => {
  const today = "2026-11-22";
  assert.equal(contractState({ ...contract, current: true }, today), "current");
  assert.equal(contractState({ ...contract, startDate: "2026-11-23" }, today), "future");
  assert.equal(contractState({ ...contract, endDate: "2026-11-21" }, today), "ended");
  assert.equal(contractState({ ...contract, endDate: today }, today), "other");
  assert.equal(contractState({ ...contract, current: true, withdrawn: true }, today), "withdrawn");
});

it("shows the current contract first, then the future, then the past from the latest on", () => {
  const contracts = [
    { ...contract, providerContractId: "ended-early", startDate: "2019-01-01", endDate: "2019-12-31" },
    { ...contract, providerContractId: "withdrawn", withdrawn: true },
    { ...contract, providerContractId: "ended-late", startDate: "2024-01-01", endDate: "2024-12-31" },
    { ...contract, providerContractId: "future", startDate: "2027-01-01" },
    { ...contract, providerContractId: "current", current: true },
  ];
  assert.deepEqual(
    inReadingOrder(contracts, "2026-11-22").map(({ providerContractId }) => providerContractId),
    ["current", "future", "ended-late", "ended-early", "withdrawn"],
  );
});
