import assert from "node:assert/strict";
import type { IssueCode } from "../../src/domain/catalogue/issue-catalogue.ts";
import type { PersonHoldCode } from "../../src/domain/guards/hold-types.ts";
import type { RunCounts } from "../../src/domain/plan/counts.ts";
import { newId } from "../../src/postgres/ids.ts";
import type { WireRecord } from "./contract-liantis.ts";
import type { Firm, Firms } from "./firms.ts";

/** Where a scenario takes place: a firm of linked people with an e-mail domain of its own, and the other people of the database. */
export interface ScenarioFirm {
  firms: Firms;
  firm: Firm;
  /** A worker with nothing to put right; `fields` replaces what the scenario is about. */
  newWorker: (name: string, fields?: WireRecord) => WireRecord;
  /** An address of the firm's domain. */
  addressOf: (local: string) => string;
}

/** Who an employee is: first name, employee number, e-mail and sign-in, the latter two without the domain. */
export type Who = [firstName: string, employeeNumber: string, email: string, signIn: string];

export interface Outcome {
  counts: Partial<RunCounts>;
  /** Linked people, by worker, who are not who they were; null: not linked. Everybody else must be. */
  people?: Record<string, Who>;
  issues?: [worker: string, code: IssueCode][];
  holds?: [worker: string, code: PersonHoldCode][];
}

export interface Scenario {
  name: string;
  /** Linked people before: 12, or as many as the scenario is about. */
  size?: number;
  /** What else there is, beside the listing. */
  before?: (scenarioFirm: ScenarioFirm) => Promise<void>;
  /** What Liantis lists then: changes by worker (null: not listed any more), and newcomers. */
  listed: (scenarioFirm: Pick<ScenarioFirm, "newWorker" | "addressOf">) => {
    changed?: Record<string, WireRecord | null>;
    newcomers?: WireRecord[];
  };
  first: Outcome;
  /** After the nights that follow with the same listing; without it everything stays as after the first. */
  settled?: Outcome & { nights: number };
}

/** The people linked before; the scenarios are about the first three, and one with an accent in the name. */
export const linkedNames = [
  "ada",
  "bo",
  "cas",
  "zoe",
  "els",
  "fons",
  "greet",
  "hugo",
  "ilse",
  "jan",
  "kris",
  "leen",
];
export const accented = { name: "zoe", local: "zo\u00EB" };

const others = (absentOrOther: number) => linkedNames.length - absentOrOther;

/**
 * What happens to identities. Each expectation comes from the rule, not from a result: the link decides, an address is matched once,
 * it belongs to one person at a time, and a link moves only by a human decision.
 */
export const scenarios: readonly Scenario[] = [
  {
    name: "a newcomer gets the address of somebody who left",
    listed: ({ newWorker, addressOf }) => ({
      changed: { ada: null },
      newcomers: [newWorker("noor", { email: addressOf("ada") })],
    }),
    first: {
      counts: { unchanged: others(1), failed: 1, absent: 1 },
      issues: [["noor", "EMAIL_ALREADY_IN_USE_SAME_ENTITY"]],
    },
  },
  {
    name: "a newcomer gets the address that a colleague leaves behind",
    listed: ({ newWorker, addressOf }) => ({
      changed: { ada: { email: addressOf("ada.p") } },
      newcomers: [newWorker("noor", { email: addressOf("ada") })],
    }),
    first: {
      counts: { unchanged: others(1), updated: 1, failed: 1 },
      people: { ada: ["Ada", "N-ada", "ada.p", "ada.p"] },
      issues: [
        ["ada", "EMAIL_CHANGED"],
        ["noor", "EMAIL_ALREADY_IN_USE_SAME_ENTITY"],
      ],
    },
    settled: {
      nights: 1,
      counts: { unchanged: others(0), created: 1 },
      people: { ada: ["Ada", "N-ada", "ada.p", "ada.p"], noor: ["Noor", "N-noor", "ada", "ada"] },
      issues: [["ada", "EMAIL_CHANGED"]],
    },
  },
  {
    name: "two colleagues exchange their addresses",
    listed: ({ addressOf }) => ({
      changed: { ada: { email: addressOf("bo") }, bo: { email: addressOf("ada") } },
    }),
    first: {
      counts: { unchanged: others(2), held: 2 },
      holds: [
        ["ada", "EMAIL_SWAPPED"],
        ["bo", "EMAIL_SWAPPED"],
      ],
    },
  },
  {
    name: "two colleagues exchange their numbers",
    listed: () => ({ changed: { ada: { employeeNumber: "N-bo" }, bo: { employeeNumber: "N-ada" } } }),
    first: {
      counts: { unchanged: others(2), held: 2 },
      holds: [
        ["ada", "NUMBER_SWAPPED"],
        ["bo", "NUMBER_SWAPPED"],
      ],
    },
  },
  {
    name: "addresses move up a chain: each follows once the one before is free",
    listed: ({ addressOf }) => ({
      changed: {
        ada: { email: addressOf("bo") },
        bo: { email: addressOf("cas") },
        cas: { email: addressOf("cas.new") },
      },
    }),
    first: {
      counts: { unchanged: others(1), updated: 1 },
      people: { cas: ["Cas", "N-cas", "cas.new", "cas.new"] },
      issues: [
        ["ada", "EMAIL_ALREADY_IN_USE_SAME_ENTITY"],
        ["bo", "EMAIL_ALREADY_IN_USE_SAME_ENTITY"],
        ["cas", "EMAIL_CHANGED"],
      ],
    },
    settled: {
      nights: 2,
      counts: { unchanged: others(1), updated: 1 },
      people: {
        ada: ["Ada", "N-ada", "bo", "bo"],
        bo: ["Bo", "N-bo", "cas", "cas"],
        cas: ["Cas", "N-cas", "cas.new", "cas.new"],
      },
      issues: [
        ["ada", "EMAIL_CHANGED"],
        ["bo", "EMAIL_CHANGED"],
        ["cas", "EMAIL_CHANGED"],
      ],
    },
  },
  {
    name: "capitals, blanks at the ends and another way to write the same accent are the same address; a tag is another one",
    listed: ({ addressOf }) => ({
      changed: {
        ada: { email: `  ${addressOf("ADA").toUpperCase()} ` },
        bo: { email: addressOf("bo+hr") },
        // Letter and accent as two characters, where the first listing had one.
        [accented.name]: { email: addressOf(accented.local.normalize("NFD")) },
      },
    }),
    first: {
      counts: { unchanged: others(1), updated: 1 },
      people: { bo: ["Bo", "N-bo", "bo+hr", "bo+hr"] },
      issues: [["bo", "EMAIL_CHANGED"]],
    },
    settled: {
      nights: 1,
      counts: { unchanged: others(0) },
      people: { bo: ["Bo", "N-bo", "bo+hr", "bo+hr"] },
      issues: [["bo", "EMAIL_CHANGED"]],
    },
  },
  {
    name: "one mailbox for several: it is nobody's, and whoever has it already keeps it",
    listed: ({ newWorker, addressOf }) => ({
      newcomers: [
        newWorker("noor", { email: addressOf("info") }),
        newWorker("omar", { email: addressOf("info") }),
        newWorker("piet", { email: addressOf("ada") }),
      ],
    }),
    first: {
      counts: { unchanged: others(0), failed: 3 },
      issues: [
        ["noor", "EMAIL_DUPLICATE_IN_LIANTIS"],
        ["omar", "EMAIL_DUPLICATE_IN_LIANTIS"],
        ["piet", "EMAIL_ALREADY_IN_USE_SAME_ENTITY"],
      ],
    },
  },
  {
    name: "somebody moved here from another entity of the customer",
    before: ({ firms, firm, newWorker }) => elsewhere(firms, [newWorker("noor")], firm.customerId),
    listed: ({ newWorker }) => ({ newcomers: [newWorker("noor")] }),
    first: {
      counts: { unchanged: others(0), failed: 1 },
      issues: [["noor", "EMAIL_ALREADY_IN_USE_OTHER_ENTITY"]],
    },
  },
  {
    name: "somebody comes back under a new id",
    listed: ({ newWorker, addressOf }) => ({
      changed: { ada: null },
      newcomers: [newWorker("ada-2", { firstName: "Ada", email: addressOf("ada"), employeeNumber: "N-ada" })],
    }),
    first: {
      counts: { unchanged: others(1), failed: 1, absent: 1 },
      issues: [["ada-2", "EMAIL_ALREADY_IN_USE_SAME_ENTITY"]],
    },
  },
  {
    name: "an id is given to somebody else: both names and the address are others",
    listed: ({ addressOf }) => ({
      changed: {
        ada: { firstName: "Zita", lastName: "Verhaegen", email: addressOf("zita"), employeeNumber: "N-zita" },
      },
    }),
    first: { counts: { unchanged: others(1), held: 1 }, holds: [["ada", "PERSON_REPLACED"]] },
  },
  {
    name: "somebody of another customer has the address",
    before: ({ firms, newWorker }) => elsewhere(firms, [newWorker("noor"), newWorker("vera")]),
    listed: ({ newWorker, addressOf }) => ({
      newcomers: [newWorker("noor")],
      changed: { ada: { email: addressOf("vera") } },
    }),
    first: {
      counts: { unchanged: others(0), failed: 1 },
      issues: [
        ["ada", "EMAIL_USED_BY_OTHER_CUSTOMER"],
        ["noor", "EMAIL_USED_BY_OTHER_CUSTOMER"],
      ],
    },
  },
  {
    name: "the admin who does this is on the payroll: they keep their sign-in and their role",
    before: async ({ firm, addressOf }) => {
      const accountId = newId();
      await firm.rows(
        `insert into accounts (account_id, email, customer_id, name, language, password_hash, created_at)
         values ($1, $2, $3, 'Beheerder', 'en', 'secret', now())`,
        [accountId, addressOf("noor"), firm.customerId],
      );
      await firm.rows(
        `insert into memberships (account_id, role, customer_id, sees_wages, created_at) values ($1, 'admin', $2, true, now())`,
        [accountId, firm.customerId],
      );
    },
    listed: ({ newWorker }) => ({ newcomers: [newWorker("noor")] }),
    first: {
      counts: { unchanged: others(0), created: 1 },
      people: { noor: ["Noor", "N-noor", "noor", "noor (admin)"] },
    },
    settled: {
      nights: 1,
      counts: { unchanged: 13 },
      people: { noor: ["Noor", "N-noor", "noor", "noor (admin)"] },
    },
  },
  {
    name: "no address: nobody is created, and whoever is linked keeps theirs",
    listed: ({ newWorker }) => ({
      changed: { ada: { email: "" }, bo: { email: null } },
      newcomers: [newWorker("noor", { email: null })],
    }),
    first: {
      counts: { unchanged: others(0), failed: 1 },
      issues: [
        ["ada", "EMAIL_MISSING"],
        ["bo", "EMAIL_MISSING"],
        ["noor", "EMAIL_MISSING"],
      ],
    },
  },
  {
    name: "no valid address: likewise",
    listed: ({ newWorker, addressOf }) => ({
      changed: { ada: { email: "ada bij de buren" } },
      newcomers: [newWorker("noor", { email: addressOf("noor..n") })],
    }),
    first: {
      counts: { unchanged: others(0), failed: 1 },
      issues: [
        ["ada", "EMAIL_INVALID"],
        ["noor", "EMAIL_INVALID"],
      ],
    },
  },
  {
    name: "three of nine get another name at once: too many to be marriages",
    size: 9,
    listed: () => ({
      changed: { ada: { lastName: "Eerste" }, bo: { lastName: "Tweede" }, cas: { lastName: "Derde" } },
    }),
    first: {
      counts: { unchanged: 6, held: 3 },
      holds: [
        ["ada", "MANY_IDENTITIES_CHANGED"],
        ["bo", "MANY_IDENTITIES_CHANGED"],
        ["cas", "MANY_IDENTITIES_CHANGED"],
      ],
    },
  },
];

/** People who came in at another firm before: of the same customer, or of another one. */
async function elsewhere(firms: Firms, people: WireRecord[], customerId = newId()): Promise<void> {
  const other = await firms.addFirm({ customerId, people });
  assert.equal((await other.sync()).counts.created, people.length);
}
