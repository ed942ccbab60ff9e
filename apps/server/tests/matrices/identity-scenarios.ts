import assert from "node:assert/strict";
import { newId } from "../../src/postgres/ids.ts";
import type { RunCounts } from "../../src/domain/plan/counts.ts";
import type { PersonHoldCode } from "../../src/domain/guards/hold-types.ts";
import type { IssueCode } from "../../src/domain/catalogue/issue-catalogue.ts";
import type { WireRecord } from "./contract-liantis.ts";
import type { Firm, Firms } from "./firms.ts";

/** Where a scenario takes place: a firm of linked people with an e-mail domain of its own, and the other people of the database. */
export interface Stage {
  firms: Firms;
  firm: Firm;
  /** A worker with nothing to put right; `fields` replaces what the scenario is about. */
  cast: (name: string, fields?: WireRecord) => WireRecord;
  /** An address of the stage's domain. */
  at: (local: string) => string;
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
  before?: (stage: Stage) => Promise<void>;
  /** What Liantis lists then: changes by worker (null: not listed any more), and newcomers. */
  listed: (stage: Pick<Stage, "cast" | "at">) => {
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
    listed: ({ cast, at }) => ({ changed: { ada: null }, newcomers: [cast("noor", { email: at("ada") })] }),
    first: {
      counts: { unchanged: others(1), failed: 1, absent: 1 },
      issues: [["noor", "EMAIL_ALREADY_IN_USE_SAME_ENTITY"]],
    },
  },
  {
    name: "a newcomer gets the address that a colleague leaves behind",
    listed: ({ cast, at }) => ({
      changed: { ada: { email: at("ada.p") } },
      newcomers: [cast("noor", { email: at("ada") })],
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
    listed: ({ at }) => ({ changed: { ada: { email: at("bo") }, bo: { email: at("ada") } } }),
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
    listed: ({ at }) => ({
      changed: { ada: { email: at("bo") }, bo: { email: at("cas") }, cas: { email: at("cas.new") } },
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
    listed: ({ at }) => ({
      changed: {
        ada: { email: `  ${at("ADA").toUpperCase()} ` },
        bo: { email: at("bo+hr") },
        // Letter and accent as two characters, where the first listing had one.
        [accented.name]: { email: at(accented.local.normalize("NFD")) },
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
    listed: ({ cast, at }) => ({
      newcomers: [
        cast("noor", { email: at("info") }),
        cast("omar", { email: at("info") }),
        cast("piet", { email: at("ada") }),
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
    before: ({ firms, firm, cast }) => elsewhere(firms, [cast("noor")], firm.customerId),
    listed: ({ cast }) => ({ newcomers: [cast("noor")] }),
    first: {
      counts: { unchanged: others(0), failed: 1 },
      issues: [["noor", "EMAIL_ALREADY_IN_USE_OTHER_ENTITY"]],
    },
  },
  {
    name: "somebody comes back under a new id",
    listed: ({ cast, at }) => ({
      changed: { ada: null },
      newcomers: [cast("ada-2", { firstName: "Ada", email: at("ada"), employeeNumber: "N-ada" })],
    }),
    first: {
      counts: { unchanged: others(1), failed: 1, absent: 1 },
      issues: [["ada-2", "EMAIL_ALREADY_IN_USE_SAME_ENTITY"]],
    },
  },
  {
    name: "an id is given to somebody else: both names and the address are others",
    listed: ({ at }) => ({
      changed: {
        ada: { firstName: "Zita", lastName: "Verhaegen", email: at("zita"), employeeNumber: "N-zita" },
      },
    }),
    first: { counts: { unchanged: others(1), held: 1 }, holds: [["ada", "PERSON_REPLACED"]] },
  },
  {
    name: "somebody of another customer has the address",
    before: ({ firms, cast }) => elsewhere(firms, [cast("noor"), cast("vera")]),
    listed: ({ cast, at }) => ({ newcomers: [cast("noor")], changed: { ada: { email: at("vera") } } }),
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
    before: async ({ firm, at }) => {
      const accountId = newId();
      await firm.rows(
        `insert into accounts (account_id, email, customer_id, name, language, password_hash, created_at)
         values ($1, $2, $3, 'Beheerder', 'en', 'secret', now())`,
        [accountId, at("noor"), firm.customerId],
      );
      await firm.rows(
        `insert into memberships (account_id, role, customer_id, sees_wages, created_at) values ($1, 'admin', $2, true, now())`,
        [accountId, firm.customerId],
      );
    },
    listed: ({ cast }) => ({ newcomers: [cast("noor")] }),
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
    listed: ({ cast }) => ({
      changed: { ada: { email: "" }, bo: { email: null } },
      newcomers: [cast("noor", { email: null })],
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
    listed: ({ cast, at }) => ({
      changed: { ada: { email: "ada bij de buren" } },
      newcomers: [cast("noor", { email: at("noor..n") })],
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
