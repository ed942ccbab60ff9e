import assert from "node:assert/strict";
import { test } from "node:test";
import { explanationCatalogue } from "../catalogue/explanation-catalogue.ts";
import { explainPerson, type ExplanationFacts } from "./explanation.ts";

const link = { workerId: "w-1", linkedOn: "2026-01-05", linkedBy: "email" as const, absentSince: null };

function facts(different: Partial<ExplanationFacts> = {}): ExplanationFacts {
  return {
    connection: "active",
    mode: "full",
    choice: null,
    link,
    unlinked: null,
    lookedOn: "2026-11-22",
    troubleOn: null,
    changes: 0,
    held: [],
    rejected: [],
    issues: 0,
    nextRunOn: "2026-11-23",
    ...different,
  };
}

/** The summary's key and each step as `result key`. */
function explained(different: Partial<ExplanationFacts>): string[] {
  const { summary, steps } = explainPerson(facts(different));
  return [summary.key, ...steps.map(({ result, key }) => `${result} ${key}`)];
}

const cases: [string, Partial<ExplanationFacts>, string[]][] = [
  [
    "in order",
    { changes: 2 },
    [
      "summary_in_order",
      "yes fetched_yes",
      "yes scope_full",
      "yes matched_email",
      "yes written_yes",
      "no held_no",
      "yes next_run",
    ],
  ],
  [
    "linked by hand, not fetched yet",
    { link: { ...link, linkedBy: "by_hand" }, lookedOn: null },
    [
      "fetched_never",
      "no fetched_never",
      "yes scope_full",
      "yes matched_by_hand",
      "not_applicable written_none_yet",
      "no held_no",
      "yes next_run",
    ],
  ],
  [
    "the last attempt failed",
    { troubleOn: "2026-11-23", link: { ...link, linkedBy: "created" } },
    [
      "summary_in_order",
      "partly fetched_trouble",
      "yes scope_full",
      "yes matched_created",
      "no written_no",
      "no held_no",
      "yes next_run",
    ],
  ],
  [
    "absent",
    { link: { ...link, linkedBy: null, absentSince: "2026-11-20" } },
    [
      "fetched_absent",
      "no fetched_absent",
      "yes scope_full",
      "yes matched_unknown",
      "no written_no",
      "no held_no",
      "yes next_leaver",
    ],
  ],
  [
    "wage held",
    { held: ["wage"], issues: 1 },
    [
      "held_wage",
      "yes fetched_yes",
      "yes scope_full",
      "yes matched_email",
      "no written_no",
      "partly held_wage",
      "yes next_decide",
    ],
  ],
  [
    "wage rejected, and still sent",
    { rejected: ["wage"], issues: 1 },
    [
      "held_wage_rejected",
      "yes fetched_yes",
      "yes scope_full",
      "yes matched_email",
      "no written_no",
      "partly held_wage_rejected",
      "yes next_rejected",
    ],
  ],
  [
    "another name rejected, which keeps all of them back",
    { rejected: ["wage", "identity_swap"] },
    [
      "held_identity_rejected",
      "yes fetched_yes",
      "yes scope_full",
      "yes matched_email",
      "no written_no",
      "yes held_identity_rejected",
      "yes next_rejected",
    ],
  ],
  [
    "undone, which comes before anything else that is held",
    { held: ["wage", "identity_swap", "reverted"] },
    [
      "held_reverted",
      "yes fetched_yes",
      "yes scope_full",
      "yes matched_email",
      "no written_no",
      "yes held_reverted",
      "yes next_decide",
    ],
  ],
  [
    "identity",
    { held: ["wage", "identity_swap"] },
    [
      "held_identity",
      "yes fetched_yes",
      "yes scope_full",
      "yes matched_email",
      "no written_no",
      "yes held_identity",
      "yes next_decide",
    ],
  ],
  [
    "issues",
    { issues: 3 },
    [
      "summary_issues",
      "yes fetched_yes",
      "yes scope_full",
      "yes matched_email",
      "no written_no",
      "no held_issues",
      "yes next_issues",
    ],
  ],
  [
    "chosen",
    { mode: "selective", choice: "selected" },
    [
      "summary_in_order",
      "yes fetched_yes",
      "yes scope_selected",
      "yes matched_email",
      "no written_no",
      "no held_no",
      "yes next_run",
    ],
  ],
  [
    "released",
    { mode: "selective", choice: "released" },
    [
      "scope_released",
      "yes fetched_yes",
      "no scope_released",
      "yes matched_email",
      "no written_no",
      "no held_no",
      "no next_choose",
    ],
  ],
  [
    "not chosen yet",
    { mode: "selective" },
    [
      "scope_waiting",
      "yes fetched_yes",
      "no scope_waiting",
      "yes matched_email",
      "no written_no",
      "no held_no",
      "no next_choose",
    ],
  ],
  [
    "unlinked",
    { link: null },
    [
      "matched_no",
      "not_applicable fetched_not_linked",
      "yes scope_full",
      "no matched_no",
      "not_applicable written_none_yet",
      "not_applicable held_no",
      "yes next_link",
    ],
  ],
  [
    "taken apart, in selective mode",
    { link: null, unlinked: "unlinked_pair", mode: "selective" },
    [
      "matched_unlinked_pair",
      "not_applicable fetched_not_linked",
      "not_applicable scope_unlinked",
      "no matched_unlinked_pair",
      "not_applicable written_none_yet",
      "not_applicable held_no",
      "no next_unlinked_pair",
    ],
  ],
  [
    "a match waits",
    { link: null, unlinked: "doubted", issues: 1 },
    [
      "matched_doubted",
      "not_applicable fetched_not_linked",
      "yes scope_full",
      "no matched_doubted",
      "not_applicable written_none_yet",
      "no held_issues",
      "yes next_link",
    ],
  ],
  [
    "switched off",
    { connection: "disabled" },
    [
      "scope_disabled",
      "yes fetched_yes",
      "no scope_disabled",
      "yes matched_email",
      "no written_no",
      "no held_no",
      "no next_enable",
    ],
  ],
  [
    "paused",
    { connection: "paused", held: ["wage"] },
    [
      "scope_paused",
      "yes fetched_yes",
      "no scope_paused",
      "yes matched_email",
      "no written_no",
      "partly held_wage",
      "no next_reconnect",
    ],
  ],
  [
    "never connected",
    { connection: "none", link: null, mode: null },
    [
      "fetched_not_connected",
      "not_applicable fetched_not_connected",
      "not_applicable scope_none",
      "no matched_no",
      "not_applicable written_none_yet",
      "not_applicable held_no",
      "not_applicable next_connect",
    ],
  ],
];

for (const [name, different, expected] of cases)
  test(`explained: ${name}`, () => assert.deepEqual(explained(different), expected));

test("no sentence of the catalogue is left over", () => {
  const used = new Set(
    cases.flatMap(([, different]) => explained(different).map((one) => one.split(" ").at(-1))),
  );
  for (const choice of ["excluded"] as const)
    for (const one of explained({ mode: "selective", choice })) used.add(one.split(" ").at(-1));
  assert.deepEqual(
    Object.keys(explanationCatalogue).filter((key) => !used.has(key)),
    [],
  );
});
