import type { ProblemParams } from "../domain/catalogue/problem-catalogue.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import { formatEnterpriseNumber, readEnterpriseNumber } from "../domain/values/enterprise-number.ts";
import { tenantTransaction } from "../postgres/transaction.ts";
import type { ActivationDeps } from "./activation-deps.ts";
import { type ActivationFacts, findActivationFacts } from "./activation-facts.sql.ts";
import { findNumberStatus } from "./connections.sql.ts";
import { assertMayAsk } from "./provider-questions.ts";
import { problemOfFault } from "./provider-problem.ts";

export interface CheckedCompany {
  /** 10 digits. */
  enterpriseNumber: string;
  facts: ActivationFacts;
}

/**
 * Checks that an entity may be connected: integration available, VAT number filled in, readable, known to Liantis, not
 * connected elsewhere; in this order (the fixed interface). `handedOver`: another person will give the consent. That needs a
 * number that a success manager confirmed: with a typing error, a stranger would be asked for their people's wages.
 *
 * @throws Problem NOT_FOUND, NOT_AVAILABLE, VAT_MISSING, VAT_INVALID, COMPANY_NOT_FOUND, ENTITY_ALREADY_CONNECTED,
 *   NUMBER_NOT_CONFIRMED, RATE_LIMITED, LIANTIS_UNAVAILABLE or INTERNAL
 */
export async function checkCompany(
  deps: ActivationDeps,
  { customerId, entityId }: { customerId: string; entityId: string },
  { handedOver }: { handedOver: boolean },
): Promise<CheckedCompany> {
  const scope = { customerId, entityIds: [entityId] };
  const facts = await tenantTransaction(deps.db, scope, "app", (trx) =>
    findActivationFacts(trx, customerId, entityId),
  );
  if (facts === undefined) throw new Problem("NOT_FOUND");
  if (!facts.available) throw new Problem("NOT_AVAILABLE");
  const { number: enterpriseNumber, checkDigitsMatch } = readNumber(facts);
  await assertMayAsk(deps, { customerId, entityId }, "company");
  if (!(await isKnownToLiantis(deps, customerId, enterpriseNumber))) {
    throw new Problem("COMPANY_NOT_FOUND", { params: notFoundParams(enterpriseNumber, checkDigitsMatch) });
  }
  const status = await tenantTransaction(deps.db, scope, "app", (trx) =>
    findNumberStatus(trx, customerId, entityId, enterpriseNumber),
  );
  if (status === "taken") {
    throw new Problem("ENTITY_ALREADY_CONNECTED", {
      params: { enterpriseNumber: formatEnterpriseNumber(enterpriseNumber) },
    });
  }
  if (handedOver && facts.confirmedNumber !== enterpriseNumber) {
    throw new Problem("NUMBER_NOT_CONFIRMED", {
      params: { enterpriseNumber: formatEnterpriseNumber(enterpriseNumber) },
    });
  }
  return { enterpriseNumber, facts };
}

/** The enterprise number in the company details now; null when there is none. */
export function currentNumber(facts: ActivationFacts): string | null {
  const reading = readEnterpriseNumber(facts.vatNumber);
  return reading.kind === "ok" ? reading.number : null;
}

function readNumber(facts: ActivationFacts): { number: string; checkDigitsMatch: boolean } {
  const reading = readEnterpriseNumber(facts.vatNumber);
  if (reading.kind === "missing") throw new Problem("VAT_MISSING");
  if (reading.kind === "ok") return reading;
  const { read, reason, suggestion } = reading;
  const hint = suggestion === null ? {} : ({ hint: "suggestion", suggestion } as const);
  throw new Problem("VAT_INVALID", { params: { read, reason, ...hint } });
}

/** Wrong check digits are a hint with "not found", not a refusal of their own (fixed interface). */
function notFoundParams(
  enterpriseNumber: string,
  checkDigitsMatch: boolean,
): ProblemParams<"COMPANY_NOT_FOUND"> {
  const hint = checkDigitsMatch ? {} : ({ hint: "check_digits" } as const);
  return { enterpriseNumber: formatEnterpriseNumber(enterpriseNumber), ...hint };
}

async function isKnownToLiantis(
  deps: ActivationDeps,
  customerId: string,
  enterpriseNumber: string,
): Promise<boolean> {
  try {
    const caller = { customerId, urgent: true };
    return (await deps.liantis.findEmployer(enterpriseNumber, { caller })).kind === "found";
  } catch (error) {
    throw problemOfFault(error);
  }
}
