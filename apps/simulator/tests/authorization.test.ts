import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import * as oidc from "openid-client";
import { startSimulator } from "../src/simulator.ts";
import { walkAuthorization } from "../src/consent-browser.ts";
import { basic, beginConsent, beginSignIn, CALLBACK, type Partner, startPartner } from "./partner.ts";

let partner: Partner;
before(async () => {
  partner = await startPartner();
});
beforeEach(() => {
  partner.simulator.control.clearFaults();
  partner.simulator.control.setConsent(partner.enterpriseNumber, "none");
});
after(async () => {
  await partner.simulator.close();
});

const personOf = (prefix: string) => ({ username: `${prefix}@${partner.enterpriseNumber}` });
const consentOf = () => partner.simulator.control.employer(partner.enterpriseNumber).consent;

test("when a main user consents, the ID token names the person, the employer and the consent", async () => {
  const authorization = await beginConsent(partner);
  const back = await authorization.walk(personOf("main"));
  assert.equal(back.searchParams.get("iss"), partner.simulator.issuerUrl);
  const claims = await authorization.exchange(back);
  assert.equal(claims["role"], "main_user");
  assert.equal(claims["enterprise_number"], partner.enterpriseNumber);
  assert.equal(claims["name"], "Sofie Peeters");
  assert.equal(claims["email"], `main.${partner.enterpriseNumber}@people.example`);
  assert.equal(claims["consent_id"], consentOf().consentId);
  assert.equal(consentOf().status, "granted");
});

test("with RS256 the published key is an RS256 key without its private part", async () => {
  const simulator = await startSimulator({ idTokenAlgorithm: "RS256" });
  const metadata = await (await fetch(`${simulator.issuerUrl}/.well-known/openid-configuration`)).json();
  assert.equal((metadata as { issuer: string }).issuer, simulator.issuerUrl);
  const keys = (await (await fetch(`${simulator.issuerUrl}/jwks`)).json()) as {
    keys: { alg: string; d?: string }[];
  };
  assert.deepEqual(
    keys.keys.map(({ alg, d }) => [alg, d]),
    [["RS256", undefined]],
  );
  await simulator.close();
});

for (const [prefix, cancels, error] of [
  ["user", false, "not_main_user"],
  ["accountant", false, "not_main_user"],
  ["main", true, "access_denied"],
  ["cancels", true, "access_denied"],
] as const) {
  test(`${prefix}${cancels ? ", cancelling," : ""} is redirected back with ${error}`, async () => {
    const back = await (await beginConsent(partner)).walk({ ...personOf(prefix), cancels });
    assert.equal(back.searchParams.get("error"), error);
    assert.equal(back.searchParams.get("state"), "the-state");
    assert.equal(back.searchParams.get("iss"), partner.simulator.issuerUrl);
    assert.equal(back.searchParams.has("code"), false);
    assert.equal(consentOf().status, "none");
  });
}

test("a main user of another employer is not a main user of this one", async () => {
  const other = partner.simulator.control.createEmployer({ name: "Other", workers: 0 });
  const back = await (await beginConsent(partner)).walk({ username: `main@${other.enterpriseNumber}` });
  assert.equal(back.searchParams.get("error"), "not_main_user");
});

test("an unknown employer and a malformed number are redirected back before the log-in", async () => {
  const unknown = await (await beginConsent(partner, "0403827331")).walk(personOf("main"));
  assert.equal(unknown.searchParams.get("error"), "unknown_employer");
  const malformed = await (await beginConsent(partner, "BE0403827331")).walk(personOf("main"));
  assert.equal(malformed.searchParams.get("error"), "invalid_request");
});

for (const error of ["server_error", "temporarily_unavailable"]) {
  test(`a fault can redirect back with ${error}`, async () => {
    partner.simulator.control.armFault({ kind: "authorization-error", error });
    const back = await (await beginConsent(partner)).walk(personOf("main"));
    assert.equal(back.searchParams.get("error"), error);
    assert.equal(consentOf().status, "none");
  });
}

test("without the role check, users and accountants can consent and the ID token has their role", async () => {
  for (const role of ["user", "accountant"]) {
    partner.simulator.control.armFault({ kind: "consent-without-role-check" });
    const authorization = await beginConsent(partner);
    const claims = await authorization.exchange(await authorization.walk(personOf(role)));
    assert.equal(claims["role"], role);
  }
});

test("a main user of two employers may choose the other one", async () => {
  const other = partner.simulator.control.createEmployer({ name: "Second", workers: 0 });
  const roles = { [partner.enterpriseNumber]: "main_user", [other.enterpriseNumber]: "main_user" } as const;
  partner.simulator.control.addPerson({ username: "both", name: "An Both", email: "an@both.example", roles });
  const preselected = await beginConsent(partner);
  const preselectedClaims = await preselected.exchange(await preselected.walk({ username: "both" }));
  assert.equal(preselectedClaims["enterprise_number"], partner.enterpriseNumber);
  const chosen = await beginConsent(partner);
  const chosenClaims = await chosen.exchange(
    await chosen.walk({ username: "both", chooses: other.enterpriseNumber }),
  );
  assert.equal(chosenClaims["enterprise_number"], other.enterpriseNumber);
});

test("a main user cannot consent for another employer by changing the form", async () => {
  const other = partner.simulator.control.createEmployer({ name: "Not theirs", workers: 0 });
  const back = await (await beginConsent(partner)).walk({
    ...personOf("main"),
    chooses: other.enterpriseNumber,
  });
  assert.equal(back.searchParams.get("error"), "not_main_user");
  assert.equal(partner.simulator.control.employer(other.enterpriseNumber).consent.status, "none");
});

test("a wrong password is refused", async () => {
  const { url } = await beginConsent(partner);
  await assert.rejects(walkAuthorization(url, { ...personOf("main"), password: "wrong" }), /status 401/);
});

test("a code can be exchanged once, and only with its verifier", async () => {
  const authorization = await beginConsent(partner);
  const back = await authorization.walk(personOf("main"));
  await authorization.exchange(back);
  await assert.rejects(authorization.exchange(back), (error) => isOAuthError(error, "invalid_grant"));
  const second = await beginConsent(partner);
  const again = await second.walk(personOf("main"));
  const wrong = {
    pkceCodeVerifier: oidc.randomPKCECodeVerifier(),
    expectedState: "the-state",
    expectedNonce: "the-nonce",
  };
  await assert.rejects(oidc.authorizationCodeGrant(second.config, again, wrong), (error) =>
    isOAuthError(error, "invalid_grant"),
  );
});

test("PKCE and a registered redirect address are required", async () => {
  const { url } = await beginConsent(partner);
  const withoutPkce = new URL(url);
  withoutPkce.searchParams.delete("code_challenge");
  withoutPkce.searchParams.delete("code_challenge_method");
  const back = await walkAuthorization(withoutPkce, personOf("main"));
  assert.equal(back.searchParams.get("error"), "invalid_request");
  const plain = new URL(url);
  plain.searchParams.set("code_challenge_method", "plain");
  assert.equal(
    (await walkAuthorization(plain, personOf("main"))).searchParams.get("error"),
    "invalid_request",
  );
  const elsewhere = new URL(url);
  elsewhere.searchParams.set("redirect_uri", "http://127.0.0.1:9/elsewhere");
  const refused = await fetch(elsewhere);
  assert.equal(refused.status, 400);
  assert.match(await refused.text(), /redirect_uri/);
});

test("redirect addresses can be registered while the simulator runs", async () => {
  const { control } = partner.simulator;
  const url = new URL((await beginConsent(partner)).url);
  url.searchParams.set("redirect_uri", "http://127.0.0.1:9/later");
  control.setRedirectUris({ consent: [CALLBACK, "http://127.0.0.1:9/later"] });
  const back = await walkAuthorization(url, personOf("main"));
  assert.equal(back.pathname, "/later");
});

test("a wrong partner secret is answered with invalid_client, and there is no refresh token", async () => {
  const { simulator } = partner;
  const requestToken = (authorization: string) =>
    fetch(`${simulator.issuerUrl}/token`, {
      method: "POST",
      headers: { authorization },
      body: new URLSearchParams({ grant_type: "client_credentials", scope: "employers:read workers:read" }),
    });
  const refused = await requestToken(basic(simulator.clientId, "wrong"));
  assert.equal(refused.status, 401);
  assert.equal(((await refused.json()) as { error: string }).error, "invalid_client");
  const answer = await requestToken(basic(simulator.clientId, simulator.clientSecret));
  const granted = (await answer.json()) as Record<string, unknown>;
  assert.equal(granted["expires_in"], 300);
  assert.equal(granted["token_type"]?.toString().toLowerCase(), "bearer");
  assert.equal("refresh_token" in granted, false);
});

test("only accounts of the plain sign-in provider can sign in there", async () => {
  const { control } = partner.simulator;
  control.setSignInAccounts([
    { email: "Ann@bakery.example", name: "Ann Maes" },
    { email: "bob@bakery.example", name: "Bob Maes", emailVerified: false, password: "other" },
  ]);
  const authorization = await beginSignIn(partner);
  const claims = await authorization.exchange(await authorization.walk({ username: "ann@bakery.example" }));
  assert.deepEqual(
    [claims["email"], claims["email_verified"], claims["name"]],
    ["ann@bakery.example", true, "Ann Maes"],
  );
  const second = await beginSignIn(partner);
  const bob = await second.exchange(await second.walk({ username: "bob@bakery.example", password: "other" }));
  assert.equal(bob["email_verified"], false);
  const third = await beginSignIn(partner);
  await assert.rejects(third.walk(personOf("main")), /status 401/);
});

function isOAuthError(error: unknown, name: string): boolean {
  return error instanceof oidc.ResponseBodyError && error.error === name;
}
