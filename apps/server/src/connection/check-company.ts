import { Problem } from "../domain/catalogue/problem.ts";
import type { ProblemParams } from "../domain/catalogue/problem-catalogue.ts";
import { type ActivationFacts, findActivationFacts } from "./activation-facts.sql.ts";
import { findNumberStanding } from "./connections.sql.ts";
import { tenantTransaction } from "../postgres/transaction.ts";
import { formatEnterpriseNumber, readEnterpriseNumber } from "../domain/values/enterprise-number.ts";
import type { ActivationDeps } from "./activation-deps.ts";
import { problemOfFault } from "./provider-problem.ts";

export interface CheckedCompany {
  /** 10 digits. */
  enterpriseNumber: string;
  facts: ActivationFacts;
}

/**
 * Judges whether an entity may be connected: customer enabled, VAT number filled in, readable, known to Liantis, not
 * connected elsewhere; in that order (the fixed interface). `handedOver`: somebody else will give the consent, which is for
 * numbers that a success manager confirmed, since a typing error would ask a stranger for their people's wages.
 *
 * @throws Problem NOT_FOUND, NOT_AVAILABLE, VAT_MISSING, VAT_INVALID, COMPANY_NOT_FOUND, ENTITY_ALREADY_CONNECTED,
 *   NUMBER_NOT_CONFIRMED, LIANTIS_UNAVAILABLE or INTERNAL
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
  if (!(await isKnownToLiantis(deps, customerId, enterpriseNumber))) {
    throw new Problem("COMPANY_NOT_FOUND", { params: notFoundParams(enterpriseNumber, checkDigitsMatch) });
  }
  const standing = await tenantTransaction(deps.db, scope, "app", (trx) =>
    findNumberStanding(trx, customerId, entityId, enterpriseNumber),
  );
  if (standing === "taken") {
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

/** The enterprise number that company details say now, or null when they say none. */
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

/** Wrong check digits are a hint beside "not found", never a refusal of their own (fixed interface). */
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
