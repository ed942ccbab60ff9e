import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { type Visitor, walkAuthorization } from "../../../simulator/src/consent-browser.ts";
import type { ConsentOutcome } from "../../src/liantis/consent.ts";
import { createEmployer, type Provider, redirectUri, startProvider } from "../support/simulated-liantis.ts";

let provider: Provider;
before(async () => {
  provider = await startProvider();
});
after(() => provider.close());
afterEach(() => provider.simulator.control.clearFaults());

const secrets = {
  state: "state-".padEnd(43, "s"),
  nonce: "nonce-".padEnd(43, "n"),
  codeVerifier: "verifier-".padEnd(43, "v"),
};

async function walk(enterpriseNumber: string, visitor: Visitor): Promise<URL> {
  const url = await provider.liantis.buildConsentUrl({ enterpriseNumber, redirectUri, ...secrets });
  return await walkAuthorization(url, visitor);
}

function redeem(currentUrl: URL, other: Partial<typeof secrets> = {}): Promise<ConsentOutcome> {
  return provider.liantis.redeemConsent({ currentUrl, redirectUri, ...secrets, ...other });
}

test("the consent of a main user says who gave it, for which company and when", async () => {
  const { enterpriseNumber, mainUser, mainUserEmail } = createEmployer(provider.simulator);
  const outcome = await redeem(await walk(enterpriseNumber, { username: mainUser }));
  assert.equal(outcome.kind, "granted");
  if (outcome.kind !== "granted") return;
  const { subject, name, email, role, consentId, grantedAt } = outcome;
  assert.deepEqual(
    { subject, name, email, role },
    { subject: mainUser, name: "Marie Peeters", email: mainUserEmail, role: "main_user" },
  );
  assert.equal(outcome.enterpriseNumber, enterpriseNumber);
  assert.notEqual(consentId, "");
  assert.ok(!Number.isNaN(Date.parse(grantedAt)));
});

test("a refused consent says which refusal it is", async () => {
  const { simulator } = provider;
  const { enterpriseNumber, mainUser, user } = createEmployer(simulator);
  const cancelled = await walk(enterpriseNumber, { username: mainUser, cancels: true });
  assert.deepEqual(await redeem(cancelled), { kind: "refused", refusal: "cancelled" });
  const notMain = await walk(enterpriseNumber, { username: user });
  assert.deepEqual(await redeem(notMain), { kind: "refused", refusal: "not_a_main_user" });
  const unknown = await walk("0403019261", { username: mainUser });
  assert.deepEqual(await redeem(unknown), { kind: "refused", refusal: "company_unknown" });
  for (const error of ["server_error", "temporarily_unavailable", "something_new"]) {
    simulator.control.armFault({ kind: "authorization-error", times: 1, error });
    const back = await walk(enterpriseNumber, { username: mainUser });
    assert.deepEqual(await redeem(back), { kind: "refused", refusal: "trouble" });
  }
});

test("an answer that fails a check is not a grant", async () => {
  const { simulator } = provider;
  const { enterpriseNumber, mainUser } = createEmployer(simulator);
  const faults = [
    "callback-wrong-state",
    "callback-wrong-issuer",
    "callback-without-issuer",
    "id-token-wrong-nonce",
    "id-token-wrong-issuer",
    "id-token-wrong-audience",
    "id-token-expired",
    "id-token-bad-signature",
    "id-token-unsigned",
  ];
  for (const kind of faults) {
    simulator.control.armFault({ kind, times: 1 });
    const back = await walk(enterpriseNumber, { username: mainUser });
    await assert.rejects(redeem(back), { code: "CONSENT_ANSWER_INVALID" }, kind);
    assert.equal(simulator.control.armedFaults().length, 0, `${kind} was met`);
  }
  for (const claim of ["enterprise_number", "consent_id"]) {
    simulator.control.armFault({ kind: "id-token-claims", times: 1, claims: { [claim]: null } });
    const back = await walk(enterpriseNumber, { username: mainUser });
    await assert.rejects(redeem(back), { code: "CONSENT_ANSWER_INVALID" }, claim);
  }
});

test("a code works once, and only for the client that asked for it", async () => {
  const { enterpriseNumber, mainUser } = createEmployer(provider.simulator);
  const stolen = await walk(enterpriseNumber, { username: mainUser });
  await assert.rejects(redeem(stolen, { codeVerifier: "another-".padEnd(43, "a") }), {
    code: "CONSENT_ANSWER_INVALID",
  });
  const back = await walk(enterpriseNumber, { username: mainUser });
  await assert.rejects(redeem(back, { state: "another" }), { code: "CONSENT_ANSWER_INVALID" });
  await assert.rejects(redeem(back, { nonce: "another" }), { code: "CONSENT_ANSWER_INVALID" });
  const fresh = await walk(enterpriseNumber, { username: mainUser });
  assert.equal((await redeem(fresh)).kind, "granted");
  await assert.rejects(redeem(fresh), { code: "CONSENT_ANSWER_INVALID" });
});

test("a failure of the token endpoint is reported as a failure, not as a forged answer", async () => {
  const { simulator } = provider;
  const { enterpriseNumber, mainUser } = createEmployer(simulator);
  for (const kind of ["unavailable", "html", "connection-reset"]) {
    const back = await walk(enterpriseNumber, { username: mainUser });
    simulator.control.armFault({ kind, times: 1, path: "/oidc/token" });
    await assert.rejects(redeem(back), { code: "UNAVAILABLE" }, kind);
  }
});
