import assert from "node:assert/strict";
import { after, test } from "node:test";
import { FAULT_KINDS } from "../../../simulator/src/faults/kinds.ts";
import {
  type ConsentedCustomer,
  counted,
  createConsentedCustomer,
  dumpDatabase,
} from "../support/consented-customer.ts";
import { contractFields } from "../support/people.ts";
import { openProduct, rowsOf } from "../support/product.ts";

const product = await openProduct({ after });
const { control } = product.simulator;

/** Words in every field of people who are not chosen, also in unreadable ones. */
const canary = /Kanarie|kanarie@|9876\.54|1999-09-09|2091-01-09/;

function plant(consented: ConsentedCustomer, person: number, fields: Record<string, unknown> = {}): string {
  return consented.add(`Kanarie${person}`, {
    lastName: `Kanarievogel${person}`,
    email: `kanarie@k${person}.example`,
    employeeNumber: `Kanarie-${person}`,
    employmentStartDate: "1999-09-09",
    employmentEndDate: "2091-01-09",
    language: "Kanarietaal",
    wageContracts: [
      contractFields(`Kanarie-contract-${person}`, {
        grossAmount: "9876.54",
        startDate: "1999-09-09",
        endDate: "2091-01-09",
        jointCommittee: "Kanarie",
        statute: "KANARIE-Kanarie",
        wageType: "Kanarie",
      }),
    ],
    ...fields,
  });
}

/** Everything that is stored or sent, except sealed values: all tables with the queue's, the log, every answer. */
async function assertNowhere(consented: ConsentedCustomer, answers: unknown[], when: string): Promise<void> {
  const texts = {
    database: await dumpDatabase(product),
    log: product.log.join(""),
    answers: JSON.stringify(answers),
  };
  for (const [where, text] of Object.entries(texts)) {
    const position = text.search(canary);
    assert.equal(
      position,
      -1,
      `${when}, ${where}: … ${text.slice(Math.max(0, position - 200), position + 100)} …`,
    );
  }
  assert.ok(texts.database.includes(consented.number), "the dump holds what is kept");
}

async function everyAnswer(consented: ConsentedCustomer): Promise<unknown[]> {
  const { entityId } = consented.customer;
  const runs = (await consented.api("GET", "syncs?limit=200")).body["items"] as { id: string }[];
  const previews = await consented.rows<{ id: string }>(
    "select preview_id as id from previews where entity_id = $1",
  );
  const paths = [
    `/entities/${entityId}/liantis`,
    `/entities/${entityId}/issues`,
    "/employees?limit=200",
    ...runs.flatMap(({ id }) => [`/syncs/${id}`, `/syncs/${id}/changes`]),
    ...previews.map(({ id }) => `/previews/${id}`),
  ];
  const answers: unknown[] = [];
  for (const path of paths) answers.push((await consented.api("GET", path)).body);
  return answers;
}

test("of people who are not chosen only the id and the choice are stored or answered, also after errors", async () => {
  const consented = await createConsentedCustomer(product);
  const an = consented.add("An");
  const bea = consented.add("Bea", { email: "kaal@gedeeld.example" });
  const people = [0, 1, 2, 3].map((person) => plant(consented, person));
  // An unreadable record, one that is sent twice with different content, and one that shares an address with a chosen person.
  people.push(plant(consented, 4, { wageContracts: "Kanarie" }));
  people.push(plant(consented, 5, { email: "kaal@gedeeld.example" }));
  people.push(plant(consented, 6, { firstName: { is: "Kanarie" }, employeeNumber: ["Kanarie"] }));
  const answers: unknown[] = [];
  const look = async (when: string) => {
    answers.push(...(await everyAnswer(consented)));
    await assertNowhere(consented, answers, when);
  };
  const order = { mode: "selective", workerIds: [an, bea] };
  const asked = await consented.api("POST", "previews", order);
  await consented.work(asked.body["previewId"]);
  await look("after a preview");
  const { hash } = (await consented.api("GET", `/previews/${String(asked.body["previewId"])}`)).body;
  const confirmed = await consented.api("POST", "confirmation", { ...order, previewHash: hash });
  assert.equal((await consented.work(confirmed.body["runId"])).verdict, "in_order");
  assert.deepEqual(Object.values(await consented.linked()), ["An", "Bea"]);
  await look("after the first run");

  await consented.api("POST", "choices", { select: [], exclude: people.slice(0, 3), release: [] });
  plant(consented, 7);
  consented.change(String(people[3]), { lastName: "Kanariepiet" });
  const night = await consented.sync();
  assert.deepEqual(counted(night), { fetched: 10, unchanged: 2, waiting: 5, excluded: 3 });
  await look("after a night with a newcomer");

  for (const kind of badDays) {
    control.armFault({ kind, always: true });
    await consented.sync();
    control.clearFaults();
    await assertNowhere(consented, [], `after ${kind}`);
  }
  await look("after every bad day");
  await brokenOff(consented, look);

  // Opening the list keeps it, sealed; nothing of it can be read, and a run in between leaves it alone.
  const list = await consented.api("GET", "candidates?limit=200");
  assert.match(JSON.stringify(list.body), canary);
  await consented.sync();
  await look("while a list is kept");
  assert.ok((await rowsOf(product, "select 1 from candidates")).length > 0);

  // A released person: synchronised data stays, later values are not taken over.
  await consented.api("POST", "choices", { select: [], exclude: [], release: [bea] });
  consented.change(bea, { lastName: "Kanarieweg", email: "kanarie@weg.example" });
  await consented.sync();
  await look("after a release");

  // Acts on chosen people reveal nothing of the others either.
  consented.change(an, { lastName: "Maes" });
  const changed = await consented.sync();
  const [anna] = await consented.rows<{ id: string }>(
    `select employee_id as id from employees where entity_id = $1 and first_name = 'An'`,
  );
  assert.equal((await consented.api("POST", `/syncs/${changed.runId}/revert`)).status, 200);
  answers.push((await consented.api("GET", `/employees/${anna?.id}/liantis`)).body);
  await consented.sync();
  // A preview shows people who are in Payflip, also released ones.
  consented.change(bea, { lastName: "Peeters", email: "bea@elders.example" });
  const back = await consented.api("POST", "previews", { mode: "full" });
  await consented.work(back.body["previewId"]);
  const seen = await consented.api("GET", `/previews/${String(back.body["previewId"])}`);
  assert.equal(seen.status, 200);
  await assertNowhere(consented, [...answers, seen.body], "after an undo, and a look at the full mode");
});

test("a person who was listed but not created, and is not chosen later, is deleted with the choice", async () => {
  for (const [moment, listed] of [
    ["seen in the list", true],
    ["seen by nobody", false],
  ] as const) {
    const consented = await createConsentedCustomer(product, { state: "active", mode: "full" });
    const an = consented.add("An");
    plant(consented, 1, { email: null, language: "N", wageContracts: [] });
    assert.equal((await consented.sync()).verdict, "needs_attention");
    assert.match(await dumpDatabase(product), canary, "their name stands in the issue");
    if (listed) await consented.api("GET", "candidates?limit=200");
    const changed = await consented.api("PUT", "mode", { mode: "selective", workerIds: [an] });
    assert.equal((await consented.work(changed.body["runId"])).verdict, "in_order");
    await assertNowhere(consented, await everyAnswer(consented), moment);
    assert.deepEqual(Object.values(await consented.linked()), ["An"]);
  }
});

/** All faults of the simulator, except latency and a revoked consent, which ends the integration. */
const badDays = FAULT_KINDS.filter(
  ({ kind, apply }) =>
    apply !== undefined && !["latency", "stall", "consent-revoked", "rate-limited"].includes(kind),
).map(({ kind }) => kind);

/** During a run the database shows what a worker that dies would leave behind; the next worker continues there. */
async function brokenOff(consented: ConsentedCustomer, look: (when: string) => Promise<void>): Promise<void> {
  const { liantis } = product.engine;
  let pages = 0;
  product.engine.liantis = {
    ...liantis,
    fetchWorkerPage: async (...asked) => {
      pages += 1;
      if (pages === 3) throw new TypeError("the process died");
      return await liantis.fetchWorkerPage(...asked);
    },
  };
  await assert.rejects(consented.sync(), TypeError);
  assert.ok((await consented.rows("select 1 from staged_pages where entity_id = $1")).length > 0);
  await look("while a run is broken off");
  product.engine.liantis = liantis;
  const [open] = await consented.rows<{ id: string }>(
    "select run_id as id from runs where entity_id = $1 and status = 'running'",
  );
  assert.ok(open);
  assert.notEqual((await consented.work(open.id)).verdict, "failed");
  await look("after it went on");
}
