import type { JWK } from "oidc-provider";
import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";

/** Signature algorithms that the contract allows for ID tokens. */
export type IdTokenAlgorithm = "ES256" | "RS256";

/** A private key as JWK, with its use and id. */
export interface SigningKey {
  readonly algorithm: IdTokenAlgorithm;
  readonly jwk: JWK & { kid: string };
  readonly privateKey: KeyObject;
}

export function createSigningKey(algorithm: IdTokenAlgorithm, kid: string): SigningKey {
  const { privateKey } =
    algorithm === "ES256"
      ? generateKeyPairSync("ec", { namedCurve: "P-256" })
      : generateKeyPairSync("rsa", { modulusLength: 2048 });
  const exported = privateKey.export({ format: "jwk" });
  return { algorithm, privateKey, jwk: { ...(exported as JWK), kid, use: "sig", alg: algorithm } };
}

/** A signed compact JWT; for tokens that the OpenID provider itself would never issue. */
export function signToken(key: SigningKey, claims: object): string {
  const head = encode({ alg: key.algorithm, typ: "JWT", kid: key.jwk.kid });
  const signed = `${head}.${encode(claims)}`;
  const signature = sign("sha256", Buffer.from(signed), { key: key.privateKey, dsaEncoding: "ieee-p1363" });
  return `${signed}.${signature.toString("base64url")}`;
}

/** A JWT with alg none. */
export function unsignedToken(claims: object): string {
  return `${encode({ alg: "none", typ: "JWT" })}.${encode(claims)}.`;
}

export function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as Record<
    string,
    unknown
  >;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
