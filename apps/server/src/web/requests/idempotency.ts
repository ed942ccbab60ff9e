import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { actorOf } from "../../access/principal.ts";
import { Problem } from "../../domain/catalogue/problem.ts";
import type { Database } from "../../postgres/database.ts";
import { type KeyRing, seal, unseal } from "../../postgres/sealing.ts";
import { tenantTransaction, type TenantTransaction, withCommitStep } from "../../postgres/transaction.ts";
import {
  claimIdempotencyKey,
  type IdempotencyPlace,
  markRequestActed,
  releaseIdempotencyKey,
  storeIdempotentAnswer,
} from "./idempotency.sql.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** The key that this request claimed and whose answer is to be kept. */
    idempotency: IdempotencyPlace | null;
  }
}

export interface IdempotencyDeps {
  db: Database;
  now: () => Date;
  keyRing: KeyRing;
}

const keptMs = 24 * 60 * 60 * 1000;
/** A request still in flight after this time belonged to a process that died. */
const abandonedMs = 10 * 60 * 1000;

/**
 * A POST that is sent twice with the same `Idempotency-Key` within 24 hours does its work once and answers the same twice.
 * Only successes are kept: after a refusal the same key may be used again. Answers are sealed, because some hold a connect link.
 *
 * Each write of the request marks the key in its own transaction. If the process dies before the answer is stored, a marked key is
 * not carried out again (`OUTCOME_UNKNOWN`); an unmarked one is, after a while.
 */
export function addIdempotency(app: FastifyInstance, deps: IdempotencyDeps): void {
  app.decorateRequest("idempotency", null);
  app.addHook("preHandler", async (request, reply) => {
    const key = request.headers["idempotency-key"];
    if (request.method !== "POST" || request.principal === null || key === undefined) return;
    if (typeof key !== "string" || !/^[\x21-\x7e]{1,255}$/.test(key)) throw invalidKey();
    return await claim(request, reply, key, deps);
  });
  app.addHook("preHandler", (request, _reply, done) => {
    const place = request.idempotency;
    if (place === null) return done();
    const mark = async (trx: TenantTransaction) => {
      // Storing the answer, or releasing the key, is no act of the request.
      if (request.idempotency !== null) await markRequestActed(trx, place, deps.now().toISOString());
    };
    withCommitStep(mark, done);
  });
  app.addHook("onSend", async (request, reply, payload: unknown) => {
    if (request.idempotency === null) return;
    const place = request.idempotency;
    request.idempotency = null;
    const done =
      reply.statusCode < 300 && (typeof payload === "string" || payload === null || payload === undefined);
    await transaction(deps.db, place, async (trx) => {
      // After an internal error it is not known how far the request came.
      const unlessActed = reply.statusCode === 500;
      if (!done) return await releaseIdempotencyKey(trx, place, { unlessActed });
      const response = seal(deps.keyRing, sealedPlace(place), typeof payload === "string" ? payload : "");
      await storeIdempotentAnswer(trx, place, { status: reply.statusCode, response });
    });
  });
}

async function claim(
  request: FastifyRequest,
  reply: FastifyReply,
  key: string,
  { db, now, keyRing }: IdempotencyDeps,
): Promise<FastifyReply | undefined> {
  const place = placeOf(request, key);
  const requestHash = hashRequest(request);
  const nowMs = now().getTime();
  const instant = (ageMs: number) => new Date(nowMs - ageMs).toISOString();
  const found = await transaction(db, place, (trx) =>
    claimIdempotencyKey(trx, place, {
      requestHash,
      now: instant(0),
      freeBefore: instant(keptMs),
      abandonedBefore: instant(abandonedMs),
    }),
  );
  if (found === null) {
    request.idempotency = place;
    return undefined;
  }
  if (!found.requestHash.equals(requestHash)) throw new Problem("IDEMPOTENCY_KEY_REUSED");
  if (found.status === null || found.response === null) {
    const isAbandoned = Date.parse(found.claimedAt) < nowMs - abandonedMs;
    throw new Problem(found.acted && isAbandoned ? "OUTCOME_UNKNOWN" : "WRONG_STATE");
  }
  const body = unseal(keyRing, sealedPlace(place), found.response);
  return reply
    .code(found.status)
    .header("idempotency-replayed", "true")
    .type("application/json; charset=utf-8")
    .send(body);
}

/** Keys belong to a principal. One without a customer has their own id in its place, which no customer has. */
function placeOf({ principal }: FastifyRequest, key: string): IdempotencyPlace {
  if (principal === null) throw new Error("an idempotency key without a principal");
  const { actorKind, actorId } = actorOf(principal);
  return { customerId: principal.customerId ?? actorId, principal: `${actorKind}:${actorId}`, key };
}

function hashRequest({ method, url, body }: FastifyRequest): Buffer {
  return createHash("sha256")
    .update(JSON.stringify([method, url, body ?? null]))
    .digest();
}

function sealedPlace(place: IdempotencyPlace) {
  return {
    customerId: place.customerId,
    table: "idempotency_keys",
    column: "response",
    rowId: `${place.principal}/${place.key}`,
  };
}

function transaction<T>(
  db: Database,
  { customerId }: IdempotencyPlace,
  work: Parameters<typeof tenantTransaction<T>>[3],
): Promise<T> {
  return tenantTransaction(db, { customerId, entityIds: "all" }, "app", work);
}

function invalidKey(): Problem {
  return new Problem("INVALID_REQUEST", {
    members: { errors: [{ path: "Idempotency-Key", message: "1 to 255 visible characters" }] },
  });
}
