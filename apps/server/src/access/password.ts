import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import os from "node:os";
import PQueue from "p-queue";

/** CPU and memory cost of a new hash (N, r, p): about 32 MiB and 0.2 s, the OWASP minimum for scrypt. */
const costNow = { n: 2 ** 15, r: 8, p: 3 };
const keyBytes = 32;
const memoryBytesMax = 256 * 1024 * 1024;

/** @returns `scrypt$N$r$p$salt$key`: the hash carries its parameters, so that new hashes can use higher ones */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, costNow);
  return `scrypt$${costNow.n}$${costNow.r}$${costNow.p}$${salt.toString("base64url")}$${key.toString("base64url")}`;
}

/** Compares in constant time. `stored` null (no account, or no password) costs the same time and never matches. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const parsed = stored === null ? null : parse(stored);
  const { cost, salt, key } = parsed ?? noPassword;
  const derived = await derive(password, salt, cost);
  return timingSafeEqual(derived, key) && parsed !== null;
}

/** Sign-ins of this process that may wait for their hash or be in it. */
export const passwordPlacesMax = 64;

let takenPlaces = 0;

/**
 * Reserves a place among the passwords to verify, before anything else is done for it. With a bound, a flood of sign-ins is refused
 * at once instead of delaying every later one.
 *
 * @returns the function that gives the place back; null when all are taken
 */
export function reservePasswordPlace(): (() => void) | null {
  if (takenPlaces >= passwordPlacesMax) return null;
  takenPlaces += 1;
  return () => {
    takenPlaces -= 1;
  };
}

/** A hash takes one of the four threads that also read files, and a whole core: the others stay free for pages. */
const derivations = new PQueue({ concurrency: os.availableParallelism() > 2 ? 2 : 1 });

interface Cost {
  n: number;
  r: number;
  p: number;
}

const noPassword = { cost: costNow, salt: Buffer.alloc(16), key: Buffer.alloc(keyBytes) };

function parse(stored: string): { cost: Cost; salt: Buffer; key: Buffer } | null {
  const [scheme, n, r, p, salt, key, rest] = stored.split("$");
  if (scheme !== "scrypt" || salt === undefined || key === undefined || rest !== undefined) return null;
  const cost = { n: Number(n), r: Number(r), p: Number(p) };
  const keyBuffer = Buffer.from(key, "base64url");
  if (keyBuffer.length !== keyBytes || !Object.values(cost).every(Number.isSafeInteger)) return null;
  return { cost, salt: Buffer.from(salt, "base64url"), key: keyBuffer };
}

/** Keyboards compose the same characters differently; NFKC makes them equal. */
function derive(password: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  const options = { N: cost.n, r: cost.r, p: cost.p, maxmem: memoryBytesMax };
  return derivations.add(async () => {
    const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
    scrypt(password.normalize("NFKC"), salt, keyBytes, options, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
    return await promise;
  });
}
