import { changeCompanyDetails } from "../../src/connection/company-details.ts";
import type { IssueCode } from "../../src/domain/catalogue/issue-catalogue.ts";
import { newId } from "../../src/postgres/ids.ts";
import { tenantTransaction } from "../../src/postgres/transaction.ts";
import { jsonAnswer, type WireAnswer, type WirePage, type WireRecord } from "./contract-liantis.ts";
import { type Firm, type Firms, wireContract, wireWorker } from "./firms.ts";

/** Where an admin is led: the person or the list in MyLiantis, or their page, the moves, the activation or the integration in the app. */
export type LedTo = "worker" | "workers" | "employee" | "moves" | "activation" | "integration";

/** An issue of a person or a contract, and the worker whom Liantis lists to produce it. */
export interface PersonProducer {
  link: LedTo;
  /** The worker as they were linked by the run before; without it they are new. */
  before?: WireRecord;
  worker: WireRecord;
  /** Other workers of the listing. */
  beside?: WireRecord[];
  /** What there is in Payflip already. */
  prepare?: (firms: Firms, firm: Firm) => Promise<void>;
}

/** An issue of a whole run: what Liantis answers to a linked firm. */
export interface RunProducer {
  link: LedTo;
  answer: (honest: WirePage) => WirePage | WireAnswer;
}

/** An issue of the connection that no run finds: what a person does here to a connected firm. */
export interface ConnectionProducer {
  link: LedTo;
  act: (firms: Firms, firm: Firm) => Promise<void>;
}

/** Addresses at this domain are usual for the firm. */
export const usualDomain = "firma.example";

const born = (name: string, fields: WireRecord): WireRecord => wireWorker(name, fields);
const paid = (name: string, ...contracts: WireRecord[]): WireRecord =>
  wireWorker(name, {
    wageContracts: contracts.map((fields, index) => wireContract(`c-${name}-${index}`, fields)),
  });
/** One contract of theirs is not right. */
const wage = (name: string, fields: WireRecord): PersonProducer => ({
  link: "worker",
  worker: paid(name, fields),
});
/** One field of theirs is not right. */
const field = (name: string, fields: WireRecord): PersonProducer => ({
  link: "worker",
  worker: born(name, fields),
});

/** Codes of a run itself. */
export const runProducers = {
  SOURCE_LOOKS_WRONG: {
    link: "workers",
    answer: (honest) => ({ ...honest, items: [], total: 0, nextCursor: null }),
  },
  CONSENT_REVOKED: { link: "activation", answer: () => refusal(403, "consent-revoked") },
  PARTNER_AUTH_FAILED: { link: "integration", answer: () => refusal(401, "invalid-token") },
  LIANTIS_UNAVAILABLE: { link: "integration", answer: () => refusal(503, "unavailable") },
  LISTING_INCOMPLETE: { link: "integration", answer: (honest) => ({ ...honest, total: honest.total + 1 }) },
} as const satisfies Partial<Record<IssueCode, RunProducer>>;

/** Codes of the connection, which no run opens. */
export const connectionProducers = {
  VAT_CHANGED_SINCE_ACTIVATION: {
    link: "integration",
    act: async ({ database, clock }, { customerId, entityId }) => {
      const change = {
        customerId,
        entityId,
        actorKind: "account",
        actorId: newId(),
        now: clock.now,
      } as const;
      await tenantTransaction(database.db, { customerId, entityIds: [entityId] }, "app", (trx) =>
        changeCompanyDetails(trx, { ...change, change: { vatNumber: "BE 0746.748.857" } }),
      );
    },
  },
} as const satisfies Partial<Record<IssueCode, ConnectionProducer>>;

/** Every other code. A code that is added to the catalogue and not to these tables does not compile. */
export const personProducers: Record<
  Exclude<IssueCode, keyof typeof runProducers | keyof typeof connectionProducers>,
  PersonProducer
> = {
  EMAIL_MISSING: field("email-missing", { email: null }),
  EMAIL_INVALID: field("email-invalid", { email: "geen adres" }),
  EMAIL_DUPLICATE_IN_LIANTIS: {
    ...field("email-duplicate", { email: `samen@${usualDomain}` }),
    beside: [born("email-duplicate-2", { email: `samen@${usualDomain}` })],
  },
  EMAIL_ALREADY_IN_USE_OTHER_ENTITY: {
    link: "moves",
    worker: born("other-entity", {}),
    prepare: (firms, firm) => listElsewhere(firms, "other-entity", firm.customerId),
  },
  EMAIL_ALREADY_IN_USE_SAME_ENTITY: field("same-entity", { email: `email-changed@${usualDomain}` }),
  EMAIL_USED_BY_OTHER_CUSTOMER: {
    link: "worker",
    worker: born("other-customer", {}),
    prepare: (firms) => listElsewhere(firms, "other-customer", newId()),
  },
  EMAIL_CHANGED: {
    link: "employee",
    before: born("email-changed", {}),
    worker: born("email-changed", { email: `new@${usualDomain}` }),
  },
  EMAIL_DOMAIN_UNUSUAL: field("email-domain", { email: "privaat@elders.example" }),
  NAME_MISSING: field("name-missing", { lastName: "" }),
  START_DATE_MISSING: field("start-missing", { employmentStartDate: null }),
  START_DATE_INVALID: field("start-invalid", { employmentStartDate: "0203-05-01" }),
  PAYROLL_ID_MISSING: field("number-missing", { employeeNumber: null }),
  PAYROLL_ID_DUPLICATE: field("number-duplicate", { employeeNumber: "N-email-changed" }),
  AMBIGUOUS_MATCH: {
    link: "employee",
    worker: born("ambiguous", {}),
    prepare: (_, firm) => enterByHand(firm, "ambiguous", { deactivated: false }),
  },
  REHIRE_OF_DEACTIVATED_USER: {
    link: "employee",
    worker: born("rehire", {}),
    prepare: (_, firm) => enterByHand(firm, "rehire", { deactivated: true }),
  },
  LANGUAGE_UNSUPPORTED: { link: "employee", worker: born("language", { language: "D" }) },
  PAYLOAD_INVALID: field("payload", { employeeNumber: 17 }),
  WAGE_MISSING: wage("wage-missing", { grossAmount: null }),
  WAGE_TYPE_UNKNOWN: wage("wage-type", { wageType: "DAILY" }),
  CANNOT_CONVERT_TO_MONTHLY: wage("convert", { weeklyHours: null }),
  WAGE_IMPLAUSIBLE: wage("wage-implausible", { grossAmount: "250.00" }),
  REGIME_MISSING: wage("regime-missing", { workRegimePercentage: null }),
  REGIME_OVER_100: wage("regime-over", { workRegimePercentage: "105.00" }),
  EMPLOYER_NSSO_MISSING: wage("nsso-missing", { employerSocialSecurityPercentage: null }),
  EMPLOYER_NSSO_IMPLAUSIBLE: wage("nsso-implausible", { employerSocialSecurityPercentage: "0.27" }),
  CONTRACT_DATES_INVALID: wage("dates", { startDate: "2027-05-01", endDate: "2027-04-30" }),
  MULTIPLE_ACTIVE_CONTRACTS: {
    link: "worker",
    worker: paid("multiple", { workRegimePercentage: "40.00" }, { workRegimePercentage: "50.00" }),
  },
  CONTRACT_OVERLAP_HISTORY: { link: "worker", worker: paid("duplicates", {}, {}) },
  FUTURE_CONTRACT_ONLY: wage("future", { startDate: "2027-01-04" }),
  RETROACTIVE_CHANGE: {
    link: "employee",
    before: paid("retroactive", { grossAmount: "20.00" }),
    worker: paid("retroactive", { grossAmount: "21.00" }),
  },
};

function refusal(status: number, type: string): WireAnswer {
  return { ...jsonAnswer({ type, status }), status, contentType: "application/problem+json" };
}

async function listElsewhere(firms: Firms, name: string, customerId: string): Promise<void> {
  const other = await firms.addFirm({ customerId, people: [wireWorker(name)] });
  await other.sync();
}

/** An employee with the address of the worker and quite another name, or one who left. */
async function enterByHand(
  firm: Firm,
  name: string,
  { deactivated }: { deactivated: boolean },
): Promise<void> {
  const [employeeId, accountId] = [newId(), newId()];
  const email = `${name}@${usualDomain}`;
  await firm.rows(
    "insert into accounts (account_id, email, customer_id, language, created_at) values ($1, $2, $3, 'fr', now())",
    [accountId, email, firm.customerId],
  );
  await firm.rows(
    `insert into employees (customer_id, employee_id, entity_id, account_id, email, first_name, last_name, search_text, language,
       start_date, deactivated_at, created_at, updated_at)
     values ($1, $2, $3, $4, $5, 'Karel', 'Janssens', '', 'fr', '2020-01-01', $6, now(), now())`,
    [
      firm.customerId,
      employeeId,
      firm.entityId,
      accountId,
      email,
      deactivated ? "2026-10-31T10:00:00Z" : null,
    ],
  );
}
