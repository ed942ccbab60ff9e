import assert from "node:assert/strict";
import { test } from "node:test";
import { readApiKey } from "../../src/access/api-keys.ts";
import { signInWithPassword } from "../../src/access/sign-in.ts";
import { followAccountLink } from "../../src/accounts/account-links.ts";
import { runProgram } from "../../src/cli/program.ts";
import { createTestDatabase } from "../support/database.ts";

const password = "vier woorden zonder verband";

function commandsOn(url: string) {
  return async (...args: string[]) => {
    const printed = { out: "", err: "" };
    const code = await runProgram(
      [...args, "--json"],
      { DATABASE_URL: url, PUBLIC_URL: "https://app.example" },
      {
        out: (line) => {
          printed.out += line;
        },
        err: (line) => {
          printed.err += line;
        },
      },
    );
    return { code, err: printed.err, answer: printed.out === "" ? null : JSON.parse(printed.out) };
  };
}

function tokenIn(link: string): string {
  assert.match(link, /^https:\/\/app\.example\/account-links\/[\w-]{43}$/);
  return link.split("/").at(-1) ?? "";
}

test("without a mail server, the links printed by the command line let people sign in", async (t) => {
  const { url, db } = await createTestDatabase(t);
  const cli = commandsOn(url);
  const operator = await cli(
    "operator",
    "create",
    "--email",
    "sam@payflip.example",
    "--role",
    "success_manager",
  );
  const customer = await cli(
    "customer",
    "create",
    "--name",
    "A",
    "--admin-email",
    "hr@a.example",
    "--entity",
    "A",
  );
  const extra = await cli(
    "admin",
    "add",
    "--customer",
    customer.answer.customerId,
    "--email",
    "two@a.example",
  );
  const forgotten = await cli("account", "link", "--email", "hr@a.example");
  for (const [email, invitation] of [
    ["sam@payflip.example", operator.answer.invitation],
    ["two@a.example", extra.answer.invitation],
    ["hr@a.example", forgotten.answer],
  ]) {
    assert.deepEqual([invitation.email, invitation.mailed], [email, false]);
    await followAccountLink(db, { token: tokenIn(invitation.link), password }, new Date());
    const outcome = await signInWithPassword(db, { email, password, address: "192.0.2.1" }, new Date());
    assert.equal(outcome.kind, "signed_in", email);
  }
});

test("a second operator create hands out no second key; --new-key revokes the first", async (t) => {
  const { url, db } = await createTestDatabase(t);
  const cli = commandsOn(url);
  const create = (...more: string[]) =>
    cli("operator", "create", "--email", "sam@payflip.example", "--role", "support", ...more);
  const first = await create();
  const again = await create();
  assert.deepEqual([again.code, again.answer], [1, null]);
  assert.match(again.err, /exists already.*--new-key/);
  const replaced = await create("--new-key");
  assert.equal(await readApiKey(db, first.answer.apiKey, new Date()), null);
  assert.equal((await readApiKey(db, replaced.answer.apiKey, new Date()))?.role, "support");
  const [listed] = (await cli("operator", "list")).answer;
  assert.deepEqual(listed.keyPrefixes, [replaced.answer.apiKey.slice(0, 12)]);
  assert.equal((await cli("operator", "remove", "--email", "sam@payflip.example")).code, 0);
  assert.equal(await readApiKey(db, replaced.answer.apiKey, new Date()), null);
  assert.deepEqual((await cli("operator", "list")).answer, []);
});

test("customers, entities, admins and keys are shown and changed from the command line", async (t) => {
  const { url, db } = await createTestDatabase(t);
  const cli = commandsOn(url);
  const made = await cli(
    "customer",
    "create",
    "--name",
    "A",
    "--admin-email",
    "hr@a.example",
    "--entity",
    "A",
  );
  const ours = ["--customer", made.answer.customerId];
  const entity = await cli("entity", "add", ...ours, "--name", "B", "--vat-number", "BE 0403.019.261");
  assert.equal((await cli("customer", "rename", ...ours, "--name", "A groep")).code, 0);
  await cli("admin", "add", ...ours, "--email", "two@a.example");
  const { entityId } = entity.answer;
  assert.equal(
    (await cli("admin", "change", ...ours, "--email", "two@a.example", "--entity", entityId)).code,
    0,
  );
  const shown = (await cli("customer", "show", ...ours)).answer;
  assert.equal(shown.name, "A groep");
  assert.deepEqual(
    shown.admins.map(({ email, entityIds }: Record<string, unknown>) => [email, entityIds]),
    [
      ["hr@a.example", null],
      ["two@a.example", [entityId]],
    ],
  );
  assert.equal((await cli("entity", "list", ...ours)).answer.length, 2);
  const last = await cli("admin", "remove", ...ours, "--email", "hr@a.example");
  assert.equal(last.code, 1);
  assert.match(last.err, /only admin of all entities/);
  assert.equal((await cli("admin", "remove", ...ours, "--email", "two@a.example")).code, 0);
  const [key] = (await cli("api-key", "list", ...ours)).answer;
  assert.equal((await cli("api-key", "revoke", ...ours, "--key", key.keyId)).code, 0);
  assert.equal(await readApiKey(db, made.answer.apiKey, new Date()), null);
});
