import type { JWK } from "oidc-provider";
import {
  createECDH,
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  hash,
  sign,
  type KeyObject,
} from "node:crypto";

/** Signature algorithms that the contract allows for ID tokens. */
export type IdTokenAlgorithm = "ES256" | "RS256";

/** `jwk` is the private key, with its use and id. */
export interface SigningKey {
  readonly algorithm: IdTokenAlgorithm;
  readonly jwk: JWK & { kid: string };
  readonly privateKey: KeyObject;
}

/**
 * An ES256 key is derived from the seed, so that a client can keep the published keys across a restart. An RS256
 * key is a new one each time.
 */
export function createSigningKey(algorithm: IdTokenAlgorithm, seed: string, kid?: string): SigningKey {
  const privateKey = algorithm === "ES256" ? ellipticKeyOf(seed) : randomRsaKey();
  const exported = privateKey.export({ format: "jwk" }) as JWK;
  const id = kid ?? hash("sha256", JSON.stringify(exported), "base64url").slice(0, 12);
  return { algorithm, privateKey, jwk: { ...exported, kid: id, use: "sig", alg: algorithm } };
}

function ellipticKeyOf(seed: string): KeyObject {
  const curve = createECDH("prime256v1");
  curve.setPrivateKey(createHash("sha256").update(`${seed} signing key`).digest());
  // An uncompressed point: one byte 4, then x and y of 32 bytes each.
  const point = curve.getPublicKey();
  const x = point.subarray(1, 33).toString("base64url");
  const y = point.subarray(33).toString("base64url");
  const d = curve.getPrivateKey().toString("base64url").padStart(43, "A");
  return createPrivateKey({ key: { kty: "EC", crv: "P-256", x, y, d }, format: "jwk" });
}

function randomRsaKey(): KeyObject {
  return generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
}

/** A signed compact JWT with any claims, also those that the OpenID provider itself would never issue. */
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
