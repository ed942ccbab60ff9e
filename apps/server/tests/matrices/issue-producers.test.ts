import assert from "node:assert/strict";
import { test } from "node:test";
import { type Issue, issuePage } from "@payflip/contract/issues.ts";
import type { FastifyInstance } from "fastify";
import { createApiKey } from "../../src/access/api-keys.ts";
import { isIssueCode, issueCatalogue } from "../../src/domain/catalogue/issue-catalogue.ts";
import { languages } from "../../src/texts/messages.ts";
import { myLiantisUrl, openHttpServer, publicUrl } from "../support/http-server.ts";
import { type Firm, type Firms, openFirms, sideBySide, wireWorker } from "./firms.ts";
import {
  connectionProducers,
  type LedTo,
  personProducers,
  runProducers,
  usualDomain,
} from "./issue-producers.ts";

test("every code of the catalogue reaches an admin, with its cause, its remedy and a link", async (t) => {
  const codes = [personProducers, runProducers, connectionProducers].flatMap((table) => Object.keys(table));
  assert.deepEqual(codes.toSorted(), Object.keys(issueCatalogue).toSorted());
  const firms = await openFirms(t);
  const { app } = await openHttpServer(t, { database: firms.database });

  const firm = await listEverybody(firms);
  const answers = await answersOf(app, firms, firm);
  for (const [code, { worker, link }] of Object.entries(personProducers)) {
    await t.test(code, () =>
      assertIssue(answers, { code, workerId: String(worker["workerId"]), link, firm }),
    );
  }
  await t.test("an accepted issue of a newcomer stays accepted", async () => {
    const acceptedIssues = () =>
      firm.rows(
        `select issue_id, status, employee_id, params from issues
         where customer_id = $1 and code = 'LANGUAGE_UNSUPPORTED' and employee_id is not null`,
      );
    await firm.rows(
      "update issues set status = 'accepted' where customer_id = $1 and code = 'LANGUAGE_UNSUPPORTED'",
    );
    const accepted = await acceptedIssues();
    assert.equal(accepted.length, 1);
    await firm.sync();
    assert.deepEqual(await acceptedIssues(), accepted);
  });
  await sideBySide(Object.entries(runProducers), async ([code, { answer, link }]) => {
    await t.test(code, async () => {
      const hit = await firms.addFirm({ people: [wireWorker(`run-${code.toLowerCase()}`)] });
      await hit.sync();
      hit.lie = answer;
      await hit.sync();
      assertIssue(await answersOf(app, firms, hit), { code, workerId: null, link, firm: hit });
    });
  });
  for (const [code, { act, link }] of Object.entries(connectionProducers)) {
    await t.test(code, async () => {
      const hit = await firms.addFirm({ people: [wireWorker(`connection-${code.toLowerCase()}`)] });
      await hit.sync();
      await act(firms, hit);
      assertIssue(await answersOf(app, firms, hit), { code, workerId: null, link, firm: hit });
    });
  }
});

/** One firm with a person for each issue, after the run that opens them. */
async function listEverybody(firms: Firms): Promise<Firm> {
  const producers = Object.values(personProducers);
  // Enough people without issues that the others are no pattern.
  const good = Array.from({ length: 20 }, (_, index) => wireWorker(`goed-${index}`));
  const firm = await firms.addFirm();
  await firm.rows("update entities set email_domain = $2 where entity_id = $1", [firm.entityId, usualDomain]);
  firm.list([...good, ...producers.flatMap(({ before }) => (before === undefined ? [] : [before]))]);
  assert.equal((await firm.sync()).verdict, "in_order");
  for (const { prepare } of producers) await prepare?.(firms, firm);
  firm.list([...good, ...producers.flatMap(({ worker, beside = [] }) => [worker, ...beside])]);
  assert.equal((await firm.sync()).verdict, "needs_attention");
  return firm;
}

/** What the admin of a firm reads of its open issues, in each language. */
async function answersOf(app: FastifyInstance, { database, clock }: Firms, firm: Firm): Promise<Issue[][]> {
  const { customerId, entityId } = firm;
  const key = await createApiKey(
    database.db,
    { customerId, role: "admin", entityIds: null, wages: true },
    new Date(clock.now),
  );
  return await sideBySide(languages, async (language) => {
    const answer = await app.inject({
      url: `/api/v1/entities/${entityId}/issues?limit=200`,
      headers: { authorization: `Bearer ${key}`, "accept-language": language },
    });
    assert.equal(answer.statusCode, 200);
    return issuePage.parse(answer.json()).items;
  });
}

function assertIssue(
  answers: Issue[][],
  { code, workerId, link, firm }: { code: string; workerId: string | null; link: LedTo; firm: Firm },
): void {
  assert.ok(isIssueCode(code));
  const texts = answers.map((items) => {
    const found = items.filter((one) => one.code === code && one.workerId === workerId);
    const [issue] = found;
    assert.ok(issue, `${code} of ${workerId ?? "the run"} is missing`);
    assert.equal(found.length, 1);
    for (const text of [issue.title, issue.cause, issue.remedy]) {
      assert.match(text, /\S{2}/);
      assert.doesNotMatch(text, /[{}]|undefined|null/);
    }
    assert.equal(issue.link, addressOf(link, issue, firm));
    return [issue.title, issue.cause, issue.remedy];
  });
  for (const part of [0, 1, 2])
    assert.equal(
      new Set(texts.map((text) => text[part])).size,
      languages.length,
      "each language has its own words",
    );
}

function addressOf(link: LedTo, { workerId, employeeId }: Issue, { number, entityId }: Firm): string {
  const integration = `${publicUrl}/settings/integrations/liantis`;
  switch (link) {
    case "worker":
      return `${myLiantisUrl}/employers/${number}/workers/${workerId}`;
    case "workers":
      return `${myLiantisUrl}/employers/${number}/workers`;
    case "employee":
      assert.ok(employeeId);
      return `${publicUrl}/users/${employeeId}`;
    case "moves":
      return `${integration}/tasks?entity=${entityId}&kind=entity_move`;
    case "activation":
      return `${integration}/activate?entity=${entityId}`;
    case "integration":
      return `${integration}?entity=${entityId}`;
  }
}
