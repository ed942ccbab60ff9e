import assert from "node:assert/strict";
import { after, afterEach, test } from "node:test";
import type { CandidatePage } from "@payflip/contract/candidates.ts";
import { deleteOutdated } from "../../src/queue/housekeeping.ts";
import { grantConsent, openProduct, rowsOf, signIn } from "../support/product.ts";
import { createConsentedCustomer, type ConsentedCustomer } from "../support/consented-customer.ts";
import { createEmployer } from "../support/simulated-liantis.ts";

const product = await openProduct({ after });
const { control } = product.simulator;
afterEach(() => control.clearFaults());

async function candidates(consented: ConsentedCustomer, query = ""): Promise<CandidatePage> {
  const { status, body } = await consented.api("GET", `candidates${query}`);
  assert.equal(status, 200, JSON.stringify(body));
  return body as unknown as CandidatePage;
}

async function confirm(consented: ConsentedCustomer, body: object): Promise<void> {
  const confirmed = await consented.api("POST", "confirmation", body);
  assert.equal(confirmed.status, 202, JSON.stringify(confirmed.body));
  await consented.work(confirmed.body["runId"]);
}

function pagesAsked(consented: ConsentedCustomer): number {
  return control.requests().filter(({ path }) => path.includes(`/${consented.number}/workers`)).length;
}

test("each candidate says what choosing them would do, by the rules that a run plans by", async () => {
  const consented = await createConsentedCustomer(product);
  const taken = await createConsentedCustomer(product, { state: "active", mode: "full" });
  taken.add("Foreign", { email: `an.other@n${consented.number}.example` });
  await taken.sync("first");
  const expected: [string, string, string | null][] = [
    [consented.add("An"), "new", null],
    [consented.add("Bea", { email: null }), "issue", "EMAIL_MISSING"],
    [consented.add("Cis", { email: "geen adres" }), "issue", "EMAIL_INVALID"],
    [
      consented.add("Dirk", { email: `an.other@n${consented.number}.example` }),
      "issue",
      "EMAIL_USED_BY_OTHER_CUSTOMER",
    ],
    [consented.add("Els", { email: "samen@een.example" }), "issue", "EMAIL_DUPLICATE_IN_LIANTIS"],
    [consented.add("Fons", { email: "samen@een.example" }), "issue", "EMAIL_DUPLICATE_IN_LIANTIS"],
    [consented.add("Gust", { lastName: null }), "issue", "NAME_MISSING"],
    [consented.add("Hilde", { employmentStartDate: null }), "issue", "START_DATE_MISSING"],
    [consented.add("Ivo", { wageContracts: "?" }), "issue", "PAYLOAD_INVALID"],
  ];
  const { items, total, chosen } = await candidates(consented);
  const found = Object.fromEntries(items.map((one) => [one.workerId, [one.match, one.issueCode]]));
  assert.deepEqual(found, Object.fromEntries(expected.map(([id, match, code]) => [id, [match, code]])));
  assert.deepEqual([total, chosen], [9, { selected: 0, excluded: 0, waiting: 0 }]);
  assert.ok(items.every(({ match, remedy }) => (remedy === null) === (match !== "issue")));
  // What is imported of all of them is who was shown as new.
  await confirm(consented, { mode: "selective", workerIds: expected.map(([id]) => id) });
  assert.deepEqual(Object.values(await consented.linked()), ["An"]);
});

test("the list is searched without accents, filtered, and paged by name; who is in Payflip already is found", async () => {
  const consented = await createConsentedCustomer(product, { state: "active", mode: "selective" });
  const zoe = consented.add("Zoé", { lastName: "Abeel", email: "zoe@abeel.example" });
  const bea = consented.add("Bea", { lastName: "Adam" });
  const [cis, dirk] = [consented.add("Cis"), consented.add("Dirk")];
  assert.deepEqual(
    (await candidates(consented)).items.map(({ workerId }) => workerId),
    [zoe, bea, cis, dirk],
  );
  assert.deepEqual(
    (await candidates(consented, "?q=zoe%20abeel")).items.map((one) => one.workerId),
    [zoe],
  );
  const { body } = await consented.api("POST", "choices", {
    select: [zoe, bea],
    exclude: [cis],
    release: [],
  });
  await consented.work(body["runId"]);
  const { chosen } = await candidates(consented);
  assert.deepEqual(chosen, { selected: 2, excluded: 1, waiting: 1 });
  const existing = await candidates(consented, "?match=existing");
  assert.deepEqual(
    existing.items.map(({ workerId, employeeId }) => [workerId, employeeId !== null]),
    [
      [zoe, true],
      [bea, true],
    ],
  );
  // A worker who was unlinked from the employee with their address is not matched again by that address.
  await consented.rows(`with gone as (delete from links where worker_id = '${bea}' returning *)
    insert into unlinked_pairs (customer_id, entity_id, worker_id, employee_id, unlinked_at)
    select customer_id, $1, worker_id, employee_id, now() from gone returning 1`);
  const [unlinked] = (await candidates(consented, "?q=bea")).items;
  assert.deepEqual([unlinked?.match, unlinked?.issueCode], ["issue", "AMBIGUOUS_MATCH"]);
  const waiting = await candidates(consented, "?choice=waiting");
  assert.deepEqual(
    waiting.items.map(({ workerId }) => workerId),
    [dirk],
  );
  const first = await candidates(consented, "?limit=3");
  assert.ok(first.nextCursor);
  const rest = await candidates(consented, `?limit=3&cursor=${first.nextCursor}`);
  assert.deepEqual(
    [first.items.length, rest.items.map((one) => one.workerId), rest.nextCursor],
    [3, [dirk], null],
  );
});

test("Liantis is asked once a week or on request; a confirmation or a week ends the list; a run never asks for it", async () => {
  const consented = await createConsentedCustomer(product);
  const [an, bea] = [consented.add("An"), consented.add("Bea")];
  control.clearRequests();
  await candidates(consented);
  await candidates(consented);
  assert.equal(pagesAsked(consented), 1);
  consented.add("Cis");
  assert.equal((await candidates(consented, "?refresh=true")).total, 3);
  assert.equal(pagesAsked(consented), 2);
  const stored = () =>
    consented.rows<{ sealed: string }>("select sealed from candidates where entity_id = $1");
  const sealed = await stored();
  assert.equal(sealed.length, 3);
  assert.ok(sealed.every((row) => row.sealed.startsWith("v1.test.")));
  // A sealed value does not open in another's place.
  await consented.rows(`update candidates k set sealed = (select max(sealed) from candidates o where o.entity_id = k.entity_id)
                    where entity_id = $1 returning 1`);
  assert.equal((await consented.api("GET", "candidates")).status, 500);
  await candidates(consented, "?refresh=true");
  await confirm(consented, { mode: "selective", workerIds: [an] });
  assert.deepEqual(await stored(), []);
  assert.deepEqual(Object.values(await consented.choices()), ["selected", "excluded", "excluded"]);
  consented.add("Dirk");
  await consented.sync();
  assert.deepEqual(await stored(), [], "a run keeps no list");
  assert.equal((await candidates(consented, "?choice=waiting")).total, 1);
  await deleteOutdated(product.database.db, new Date(product.clock.now.getTime() + 8 * 24 * 3_600_000));
  assert.deepEqual(await stored(), []);
  assert.deepEqual((await consented.choices())[bea], "excluded");
});

test("a list that is incomplete or that Liantis does not give is refused, and the stored list stays", async () => {
  const consented = await createConsentedCustomer(product);
  assert.equal((await consented.api("GET", "candidates")).status, 200, "an employer may have nobody");
  for (let person = 0; person < 8; person += 1) consented.add(`Pers${person}`);
  for (const kind of ["half-page", "unavailable"]) {
    control.armFault({ kind, always: true });
    const { status, body } = await consented.api("GET", "candidates?refresh=true");
    assert.deepEqual([status, body["code"]], [503, "LIANTIS_UNAVAILABLE"], kind);
    control.clearFaults();
  }
  const [kept] = await rowsOf<{ total: number }>(
    product,
    "select total from candidate_lists where entity_id = $1",
    [consented.customer.entityId],
  );
  assert.equal(kept?.total, 0);
  const notYet = await createConsentedCustomer(product);
  await product.database.owner.query("update connections set state = 'available' where entity_id = $1", [
    notYet.customer.entityId,
  ]);
  assert.equal((await notYet.api("GET", "candidates")).body["code"], "WRONG_STATE");
});

/** Opens the list, and does something else while its last page is on its way. */
async function openMeanwhile(consented: ConsentedCustomer, meanwhile: () => Promise<void>): Promise<unknown> {
  const { liantis } = product.deps;
  product.deps.liantis = {
    ...liantis,
    fetchWorkerPage: async (...asked) => {
      const page = await liantis.fetchWorkerPage(...asked);
      if (page.nextCursor === null) {
        product.deps.liantis = liantis;
        await meanwhile();
      }
      return page;
    },
  };
  try {
    return (await consented.api("GET", "candidates?refresh=true")).body["code"];
  } finally {
    product.deps.liantis = liantis;
  }
}

function lists(consented: ConsentedCustomer): Promise<object[]> {
  return consented.rows("select total from candidate_lists where entity_id = $1");
}

test("a list that was still being fetched when a choice was confirmed, or another employer was connected, is not kept", async () => {
  for (const body of [{ mode: "full" }, { mode: "selective", workerIds: [] }]) {
    const consented = await createConsentedCustomer(product);
    consented.add("An");
    await candidates(consented);
    const code = await openMeanwhile(consented, () => confirm(consented, body));
    assert.deepEqual([code, await lists(consented)], ["WRONG_STATE", []], body.mode);
  }

  const off = await createConsentedCustomer(product, { state: "active", mode: "selective" });
  off.add("An");
  const code = await openMeanwhile(off, async () => {
    assert.equal((await off.api("POST", "disable")).status, 200);
  });
  assert.deepEqual([code, await lists(off)], ["WRONG_STATE", []]);

  const moved = await createConsentedCustomer(product);
  moved.add("An");
  const other = createEmployer(product.simulator, { workers: 2 });
  const reconnect = async () => {
    await product.database.owner.query("update entities set vat_number = $2 where entity_id = $1", [
      moved.customer.entityId,
      other.enterpriseNumber,
    ]);
    const caller = await signIn(product, moved.customer);
    await grantConsent(product, { employer: other, customer: moved.customer, caller });
  };
  assert.deepEqual([await openMeanwhile(moved, reconnect), await lists(moved)], ["WRONG_STATE", []]);
  const { items } = await candidates(moved);
  assert.equal(items.length, 2, "people of the employer that is connected now");
  assert.ok(items.every(({ firstName }) => firstName !== "An"));
});

test("the list ends with every confirmation, with or without a preview, and where the connection rests", async () => {
  for (const mode of ["full", "selective"]) {
    const consented = await createConsentedCustomer(product);
    const workerId = consented.add("An");
    const order = { mode, ...(mode === "full" ? {} : { workerIds: [workerId] }) };
    await candidates(consented);
    const asked = await consented.api("POST", "previews", order);
    await consented.work(asked.body["previewId"]);
    const { hash } = (await consented.api("GET", `/previews/${String(asked.body["previewId"])}`)).body;
    await confirm(consented, { ...order, previewHash: hash });
    assert.deepEqual([Object.values(await consented.linked()), await lists(consented)], [["An"], []], mode);
    // A later change of mode ends it too.
    await candidates(consented);
    const changed = await consented.api("PUT", "mode", { mode: mode === "full" ? "selective" : "full" });
    assert.deepEqual([changed.status, await lists(consented)], [202, []], mode);
  }

  const rests: [state: string, rest: (consented: ConsentedCustomer) => Promise<unknown>][] = [
    ["disabled", (consented) => consented.api("POST", "disable")],
    [
      "paused",
      (consented) =>
        consented.api("PATCH", `/entities/${consented.customer.entityId}`, { vatNumber: "BE 0403.170.701" }),
    ],
    [
      "paused",
      async (consented) => {
        control.setConsent(consented.number, "revoked");
        await consented.sync();
      },
    ],
  ];
  for (const [state, rest] of rests) {
    const consented = await createConsentedCustomer(product, { state: "active", mode: "selective" });
    consented.add("An");
    await candidates(consented);
    await rest(consented);
    const [connection] = await consented.rows<{ state: string }>(
      "select state from connections where entity_id = $1",
    );
    assert.deepEqual([connection?.state, await lists(consented)], [state, []]);
  }
});
