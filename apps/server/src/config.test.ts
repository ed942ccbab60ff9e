import assert from "node:assert/strict";
import { test } from "node:test";
import { readConfig } from "./config.ts";

const complete = {
  LIANTIS_API_URL: "https://api.liantis.example",
  LIANTIS_ISSUER_URL: "https://issuer.liantis.example/",
  LIANTIS_CLIENT_ID: "payflip",
  LIANTIS_CLIENT_SECRET: "s3cret",
  MYLIANTIS_URL: "https://my.liantis.example",
  SECRET_KEYS: `k1:${Buffer.alloc(32, 1).toString("base64")}`,
};

test("what is not set has its default, and addresses end without a slash", () => {
  const config = readConfig({ ...complete, SMTP_URL: "" });
  assert.deepEqual(
    [config.port, config.host, config.role, config.databaseUrl, config.smtpUrl, config.publicUrl],
    [3000, "127.0.0.1", "all", null, null, null],
  );
  assert.equal(config.liantis.issuerUrl, "https://issuer.liantis.example");
});

test("each wrong setting is a sentence that names it and never repeats a secret", () => {
  const wrong: [Record<string, string | undefined>, RegExp][] = [
    [{ LIANTIS_CLIENT_ID: undefined }, /^LIANTIS_CLIENT_ID is not set/],
    [{ PORT: "70000" }, /^PORT is wrong/],
    [{ DATABASE_URL: "mysql://x" }, /^DATABASE_URL is wrong: must look like postgres/],
    [{ PUBLIC_URL: "http://payflip.example" }, /^PUBLIC_URL is wrong: must be https/],
    [{ LIANTIS_API_URL: "http://api.liantis.example" }, /^LIANTIS_API_URL is wrong: must be https/],
    [{ ROLE: "boss" }, /^ROLE is wrong/],
    [{ SECRET_KEYS: "k1:s3cret" }, /^SECRET_KEYS must be/],
    [{ OIDC_CLIENT_ID: "payflip" }, /^OpenID sign-in needs all of/],
    [{ HOST: "0.0.0.0" }, /^HOST is more than this machine: set PUBLIC_URL/],
  ];
  for (const [settings, says] of wrong) {
    assert.throws(
      () => readConfig({ ...complete, ...settings }),
      (error: Error) => {
        assert.match(error.message, says);
        assert.ok(!error.message.includes("s3cret"));
        return true;
      },
    );
  }
  readConfig({ ...complete, HOST: "0.0.0.0", PUBLIC_URL: "https://payflip.example" });
});
