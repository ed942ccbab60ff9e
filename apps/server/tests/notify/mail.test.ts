import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { pino } from "pino";
import { SMTPServer } from "smtp-server";
import { deliverMail } from "../../src/notify/deliver-mail.ts";
import { createMailer, type Mailer } from "../../src/notify/mailer.ts";
import { queueConsentRevokedMail, queueMail } from "../../src/notify/queue-mail.ts";
import { newId } from "../../src/postgres/ids.ts";
import { tenantTransaction } from "../../src/postgres/transaction.ts";
import { createTestDatabase } from "../support/database.ts";

const database = await createTestDatabase({ after } as Parameters<typeof createTestDatabase>[0]);
const dataDir = await mkdtemp(path.join(tmpdir(), "notify-mails-"));
after(() => rm(dataDir, { recursive: true }));
const logger = pino({ level: "silent" });
const toFiles = createMailer({ smtpUrl: null, dataDir, senderAddress: "payflip@example.be", logger });

/** Ids of the mails that were queued, in order. */
const queued: string[] = [];
const queue = {
  db: database.db,
  keyRing: [{ id: "k", key: randomBytes(32) }],
  now: () => new Date(),
  publicUrl: "https://app.example.be",
  enqueueMail: async (_trx: unknown, mail: { mailId: string }) => {
    queued.push(mail.mailId);
  },
};

async function createCustomer(admins: { email: string; language: string; entityIds?: string[] | null }[]) {
  const [customerId, entityId] = [newId(), newId()];
  const { owner } = database;
  await owner.query("insert into customers values ($1, 'Fietsen NV', 'nl', false, now(), now())", [
    customerId,
  ]);
  await owner.query(
    "insert into entities (customer_id, entity_id, name, created_at) values ($1, $2, 'Fietsen Gent', now())",
    [customerId, entityId],
  );
  for (const { email, language, entityIds = null } of admins) {
    const accountId = newId();
    await owner.query(
      "insert into accounts (account_id, email, customer_id, language, created_at) values ($1, $2, $3, $4, now())",
      [accountId, email, customerId, language],
    );
    await owner.query("insert into memberships values ($1, 'admin', $2, $3, true, now())", [
      accountId,
      customerId,
      entityIds,
    ]);
  }
  return { customerId, entityId, scope: { customerId, entityIds: "all" as const } };
}

async function queueRequest(recipient: string, customerName = "Fietsen NV") {
  const { customerId, entityId, scope } = await createCustomer([]);
  const mailId = await tenantTransaction(database.db, scope, "app", (trx) =>
    queueMail(trx, queue, {
      customerId,
      entityId,
      template: "consent_request",
      language: "nl",
      recipient,
      params: { customerName, entityName: "Fietsen Gent", enterpriseNumber: "0746748857" },
      secret: "the-secret-token",
    }),
  );
  return { customerId, mailId };
}

async function sentAt(mailId: string): Promise<unknown> {
  const { rows } = await database.owner.query<{ sent_at: unknown }>(
    "select sent_at from mails where mail_id = $1",
    [mailId],
  );
  return rows[0]?.sent_at;
}

test("without a mail server mails are written as files, and the log says so", async () => {
  assert.match(toFiles.description, /written as files to .*mails \(SMTP_URL is not set\)/);
  const { customerId, mailId } = await queueRequest("main@example.be");
  assert.equal(queued.at(-1), mailId);
  await deliverMail({ ...queue, mailer: toFiles }, { customerId, mailId });
  const eml = await readFile(path.join(dataDir, "mails", `${mailId}.eml`), "utf8");
  assert.match(eml, /^To: main@example\.be$/m);
  assert.match(eml.replaceAll("=\n", ""), /https:\/\/app\.example\.be\/connect\/the-secret-token/);
  assert.notEqual(await sentAt(mailId), null);
});

test("a mail goes out once, however often its job runs", async () => {
  const sent: string[] = [];
  const counting: Mailer = { description: "", send: async ({ id }) => void sent.push(id) };
  const { customerId, mailId } = await queueRequest("main@example.be");
  await Promise.all([1, 2, 3].map(() => deliverMail({ ...queue, mailer: counting }, { customerId, mailId })));
  assert.deepEqual(sent, [mailId]);
});

test("a mail that could not be sent stays to be sent, with its secret", async () => {
  const { customerId, mailId } = await queueRequest("main@example.be");
  const broken: Mailer = { description: "", send: () => Promise.reject(new Error("no route")) };
  await assert.rejects(deliverMail({ ...queue, mailer: broken }, { customerId, mailId }), /no route/);
  assert.equal(await sentAt(mailId), null);
  await deliverMail({ ...queue, mailer: toFiles }, { customerId, mailId });
  assert.notEqual(await sentAt(mailId), null);
});

test("text that a person typed becomes neither markup nor a header of a mail", async () => {
  const { customerId, mailId } = await queueRequest(
    "main@example.be",
    `A <b>"firm"</b>\r\nBcc: everybody@example.be`,
  );
  await deliverMail({ ...queue, mailer: toFiles }, { customerId, mailId });
  const eml = (await readFile(path.join(dataDir, "mails", `${mailId}.eml`), "utf8")).replaceAll("=\n", "");
  assert.doesNotMatch(eml.slice(0, eml.indexOf("\n\n")), /^Bcc:/m);
  assert.match(eml, /A &lt;b&gt;&quot;firm&quot;&lt;\/b&gt;/);
});

test("a mail to every admin becomes one each, in their own language, for admins of that entity", async () => {
  const { customerId, entityId, scope } = await createCustomer([
    { email: "nl@admins.example", language: "nl" },
    { email: "fr@admins.example", language: "fr" },
    { email: "elsewhere@admins.example", language: "en", entityIds: [newId()] },
  ]);
  // Under the role of a run, as the synchronisation does it.
  const parent = await tenantTransaction(database.db, scope, "sync", (trx) =>
    queueConsentRevokedMail(trx, queue, {
      customerId,
      entityId,
      entityName: "Fietsen Gent",
    }),
  );
  const before = queued.length;
  await deliverMail({ ...queue, mailer: toFiles }, { customerId, mailId: parent });
  await deliverMail({ ...queue, mailer: toFiles }, { customerId, mailId: parent });
  const children = queued.slice(before);
  assert.equal(children.length, 2);
  const texts: string[] = [];
  for (const mailId of children) {
    await deliverMail({ ...queue, mailer: toFiles }, { customerId, mailId });
    texts.push(await readFile(path.join(dataDir, "mails", `${mailId}.eml`), "utf8"));
  }
  assert.match(texts[0] ?? "", /^To: fr@admins\.example$/m);
  assert.match(texts[1] ?? "", /To: nl@admins\.example[^]*Liantis stuurt geen gegevens meer/);
  assert.ok(
    (texts[1] ?? "").replaceAll("=\n", "").includes(`/settings/integrations/liantis?entity=3D${entityId}`),
  );
  assert.ok((await readdir(path.join(dataDir, "mails"))).every((file) => file.endsWith(".eml")));
});

test("with a mail server mails go there", async () => {
  const received: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const recipients = session.envelope.rcptTo.map(({ address }) => address).join(",");
        received.push(`${recipients}\n${Buffer.concat(chunks).toString("utf8")}`);
        done();
      });
    },
  });
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const { port } = server.server.address() as AddressInfo;
  const bySmtp = createMailer({
    smtpUrl: `smtp://127.0.0.1:${port}`,
    dataDir,
    senderAddress: "payflip@example.be",
    logger,
  });
  assert.equal(bySmtp.description, "by SMTP through 127.0.0.1");
  const { customerId, mailId } = await queueRequest("main@example.be");
  await deliverMail({ ...queue, mailer: bySmtp }, { customerId, mailId });
  await new Promise<void>((resolve) => server.close(() => resolve()));
  assert.equal(received.length, 1);
  assert.match(received[0] ?? "", /^main@example\.be\n[^]*Message-ID: <[0-9a-f-]{36}@example\.be>/);
});
