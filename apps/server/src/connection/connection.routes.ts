import type { Connection as ConnectionBody, ConnectionState } from "@payflip/contract/connection.ts";
import { endpoints } from "@payflip/contract/endpoints.ts";
import type { FastifyInstance } from "fastify";
import { type HoldRecord, listOpenHolds } from "../decisions/list-holds.sql.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import { nextRunAt } from "../domain/time/schedule.ts";
import { readEnterpriseNumber } from "../domain/values/enterprise-number.ts";
import { tenantTransaction } from "../postgres/transaction.ts";
import { freshnessOf } from "../runs/freshness.ts";
import { holdAnswer, runAnswer, type Viewer } from "../runs/run-answer.ts";
import { findOpenRun, type StoredRun } from "../runs/runs.sql.ts";
import type { AppDeps } from "../web/app-deps.ts";
import { route } from "../web/route.ts";
import { scopeOf } from "../web/tenant-guard.ts";
import { viewerOf } from "../web/viewer.ts";
import { type ActivationFacts, findActivationFacts } from "./activation-facts.sql.ts";
import { type ConnectionFigures, findConnectionFigures } from "./connection-figures.sql.ts";
import { type StoredConnection, findConnection } from "./connections.sql.ts";
import {
  type ConnectToken,
  type StoredReceipt,
  findLatestReceipt,
  findOpenConsentRequest,
} from "./consent/consents.sql.ts";

/** The connection of an entity, with its consent, counts, holds and current run. */
export function registerConnectionRoutes(
  app: FastifyInstance,
  { db, now }: Pick<AppDeps, "db" | "now">,
): void {
  route(app, endpoints.readConnection, async ({ params, request }) => {
    const scope = scopeOf(request);
    const { customerId } = scope;
    const { id } = params;
    const viewer = viewerOf(request, now());

    const found = await tenantTransaction(db, scope, "app", async (trx) => ({
      facts: await findActivationFacts(trx, customerId, id),
      stored: (await findConnection(trx, customerId, id)) ?? null,
      figures: await findConnectionFigures(trx, customerId, id),
      receipt: (await findLatestReceipt(trx, customerId, id)) ?? null,
      request: (await findOpenConsentRequest(trx, customerId, id, viewer.now.toISOString())) ?? null,
      holds: await listOpenHolds(trx, customerId, id),
      run: (await findOpenRun(trx, { customerId, entityId: id }, "full_listing")) ?? null,
    }));
    if (found.facts === undefined) throw new Problem("NOT_FOUND");
    return connectionAnswer(id, { ...found, facts: found.facts }, viewer);
  });
}

interface ConnectionParts {
  facts: ActivationFacts;
  stored: StoredConnection | null;
  figures: ConnectionFigures;
  receipt: StoredReceipt | null;
  request: ConnectToken | null;
  holds: HoldRecord[];
  run: StoredRun | null;
}

function connectionAnswer(entityId: string, parts: ConnectionParts, viewer: Viewer): ConnectionBody {
  const { facts, stored, figures, receipt, request, holds, run } = parts;
  const state: ConnectionState = facts.available ? (stored?.state ?? "available") : "unavailable";
  const reading = readEnterpriseNumber(facts.vatNumber);
  return {
    entityId,
    state,
    mode: stored?.mode ?? null,
    fullAllowed: !facts.migratedFromFlexPlan,
    enterpriseNumber: stored?.enterpriseNumber ?? (reading.kind === "ok" ? reading.number : null),
    pausedReason: stored?.pausedReason ?? null,
    consent: receipt && consentAnswer(receipt),
    consentRequest: request && requestAnswer(request),
    lastSuccessAt: stored?.lastSuccessAt ?? null,
    nextRunAt: state === "active" ? nextRun(stored, viewer.now) : null,
    freshness: freshnessOf(stored?.lastSuccessAt ?? null, viewer.now),
    counts: {
      employees: figures.employees,
      waiting: figures.waiting,
      excluded: figures.excluded,
      issues: figures.issues,
      tasks: figures.tasks,
      held: holds.length,
    },
    lastActivationError: errorAnswer(stored),
    openHolds: holds.map((hold) => holdAnswer(hold, viewer)),
    currentRun: run && runAnswer(run, holds, viewer),
  };
}

/** When the connection's next nightly run starts; null before its first run. */
export function nextRun(stored: StoredConnection | null, now: Date): string | null {
  if (stored === null || stored.activatedAt === null) return null;
  const { customerId, lastScheduledDate, activatedAt } = stored;
  const state = { now: now.getTime(), customerId, lastScheduledDate, activeSince: Date.parse(activatedAt) };
  return new Date(nextRunAt(state)).toISOString();
}

function errorAnswer(stored: StoredConnection | null): ConnectionBody["lastActivationError"] {
  const error = stored?.lastActivationError ?? null;
  return error && { code: error.code, at: error.occurredAt };
}

function consentAnswer(receipt: StoredReceipt): ConnectionBody["consent"] {
  return {
    grantedAt: receipt.grantedAt,
    signerName: receipt.signerName,
    signerEmail: receipt.signerEmail,
    signerRole: receipt.signerRole,
    enterpriseNumber: receipt.enterpriseNumber,
    dataCategories: receipt.dataCategories,
    textVersion: receipt.textVersion,
    signedByAnother: receipt.signerIsAddressee === null ? null : !receipt.signerIsAddressee,
  };
}

function requestAnswer({
  addresseeEmail,
  createdAt,
  expiresAt,
}: ConnectToken): ConnectionBody["consentRequest"] {
  return addresseeEmail === null ? null : { email: addresseeEmail, requestedAt: createdAt, expiresAt };
}
