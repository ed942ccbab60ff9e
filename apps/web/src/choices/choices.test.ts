import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Candidate } from "@payflip/contract/candidates.ts";
import { everybody, filterCandidates, newcomersFirst } from "./candidate-filter.ts";
import { readPastedList } from "./pasted-list.ts";

function person(workerId: string, fields: Partial<Candidate> = {}): Candidate {
  return {
    workerId,
    firstName: null,
    lastName: null,
    email: null,
    employeeNumber: null,
    startDate: null,
    choice: null,
    match: "new",
    issueCode: null,
    remedy: null,
    employeeId: null,
    ...fields,
  };
}

const ids = (people: readonly Candidate[]) => people.map(({ workerId }) => workerId);

describe("search and filters", () => {
  const people = [
    person("1", { firstName: "Zoé", lastName: "De Smet", email: "zoe@x.be", match: "existing" }),
    person("2", { firstName: "Jan", lastName: "Peeters", employeeNumber: "00417", choice: "excluded" }),
    person("3", { lastName: "Aerts", match: "issue", choice: "waiting" }),
  ];
  const found = (filter: Partial<typeof everybody>, selected = new Set<string>()) =>
    ids(filterCandidates(people, { ...everybody, ...filter }, selected));

  it("find a name without its accent, words in any order, an e-mail, a number", () => {
    assert.deepEqual(found({ q: "zoe" }), ["1"]);
    assert.deepEqual(found({ q: "SMET zo" }), ["1"]);
    assert.deepEqual(found({ q: "x.be" }), ["1"]);
    assert.deepEqual(found({ q: "417" }), ["2"]);
    assert.deepEqual(found({ q: "  " }), ["1", "2", "3"]);
  });

  it("narrow by match, by choice and to the selected ones", () => {
    assert.deepEqual(found({ match: "issue" }), ["3"]);
    assert.deepEqual(found({ choice: "none" }), ["1"]);
    assert.deepEqual(found({ choice: "excluded" }), ["2"]);
    assert.deepEqual(found({ onlySelected: true }, new Set(["2", "3"])), ["2", "3"]);
  });

  it("put people who wait for a choice on top", () => {
    assert.deepEqual(ids(newcomersFirst(people, "nl")), ["3", "1", "2"]);
  });
});

describe("a pasted list", () => {
  const people = [
    person("1", { email: "Zoe@x.be", employeeNumber: "00417" }),
    person("2", { email: "jan@x.be", employeeNumber: "A7" }),
    person("3", { email: "jan@x.be" }),
  ];

  it("finds people by e-mail and by number, however it is separated and written", () => {
    assert.deepEqual(readPastedList("zoe@X.be", people).workerIds, ["1"]);
    assert.deepEqual(readPastedList("417;a7\r\n<zoe@x.be>", people).workerIds, ["1", "2"]);
    assert.deepEqual(readPastedList(" jan@x.be,\t", people).workerIds, ["2", "3"]);
  });

  it("names each entry that matches no person, once", () => {
    assert.deepEqual(readPastedList("9 nobody@x.be 9 417", people), {
      workerIds: ["1"],
      unknown: ["9", "nobody@x.be"],
    });
  });
});
