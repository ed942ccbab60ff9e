import type { Mode } from "@payflip/contract/connection.ts";
import { sql } from "kysely";
import { recordOfRow } from "../postgres/field-columns.ts";
import type { Confirming, ConnectionRow, PausedReason } from "../postgres/rows/connections.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import { endCandidateList } from "./candidates.sql.ts";

export type ConnectionState = ConnectionRow["state"];

/** The connection of an entity to Liantis. An entity without a row is `available`. */
export interface StoredConnection {
  customerId: string;
  entityId: string;
  state: ConnectionState;
  mode: Mode | null;
  /** The number that the consent is for. Company details may have another one. */
  enterpriseNumber: string | null;
  pausedReason: PausedReason | null;
  /** Guard thresholds that differ from the defaults. */
  thresholds: Record<string, number> | null;
  lastSuccessAt: string | null;
  /** Brussels date of the last scheduled run. */
  lastScheduledDate: string | null;
  lastActivationError: ActivationErrorRecord | null;
  activatedAt: string | null;
  /** A confirmed preview that its run has not carried out yet. */
  confirming: Confirming | null;
  version: number;
}

export interface ActivationErrorRecord {
  code: string;
  occurredAt: string;
  /** The values in the text of the code: no name or e-mail of a person. */
  params?: Record<string, string>;
}

export async function findConnection(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
): Promise<StoredConnection | undefined> {
  const row = await selectConnection(trx, customerId, entityId).executeTakeFirst();
  return row && recordOfRow(row);
}

/** Locks the connection until the transaction ends, and creates it if there is none. Transitions of one entity queue up. */
export async function lockConnection(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
  now: string,
): Promise<StoredConnection> {
  await trx
    .insertInto("connections")
    .values({
      customer_id: customerId,
      entity_id: entityId,
      state: "available",
      mode: null,
      enterprise_number: null,
      paused_reason: null,
      last_success_at: null,
      last_scheduled_date: null,
      activated_at: null,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return recordOfRow(await selectConnection(trx, customerId, entityId).forUpdate().executeTakeFirstOrThrow());
}

export interface ConnectionMove {
  /** The states that it may move from; in any other one nothing is written. */
  fromStates: readonly ConnectionState[];
  nextState: ConnectionState;
  now: string;
  mode?: Mode | null;
  enterpriseNumber?: string;
  pausedReason?: PausedReason | null;
  activatedAt?: string | null;
  /** Left out: the stored value stays. */
  confirming?: Confirming | null;
}

/**
 * Moves the connection to another state if it is in one of `fromStates`; the statement itself checks it. A connection that is
 * paused or disabled loses its list of candidates.
 * @returns whether it moved
 */
export async function moveConnection(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
  move: ConnectionMove,
): Promise<boolean> {
  const result = await trx
    .updateTable("connections")
    .set((eb) => ({
      state: move.nextState,
      paused_reason: move.pausedReason ?? null,
      version: eb("version", "+", 1),
      updated_at: move.now,
      ...(move.mode === undefined ? {} : { mode: move.mode }),
      ...(move.enterpriseNumber === undefined ? {} : { enterprise_number: move.enterpriseNumber }),
      ...(move.activatedAt === undefined ? {} : { activated_at: move.activatedAt }),
      ...(move.confirming === undefined
        ? {}
        : { confirming: move.confirming === null ? null : JSON.stringify(move.confirming) }),
    }))
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .where("state", "in", [...move.fromStates])
    .executeTakeFirst();
  if (result.numUpdatedRows !== 1n) return false;
  if (move.nextState === "disabled" || move.nextState === "paused")
    await endCandidateList(trx, { customerId, entityId });
  return true;
}

/** Stores how the last step of the activation failed; null: it succeeded. */
export async function recordActivationError(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
  error: ActivationErrorRecord | null,
  now: string,
): Promise<void> {
  await trx
    .updateTable("connections")
    .set({ last_activation_error: error === null ? null : JSON.stringify(error), updated_at: now })
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .execute();
}

/** Replaces the connection's own thresholds. Those that are not given have the usual value. */
export async function setThresholds(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
  { thresholds, now }: { thresholds: Readonly<Record<string, number>>; now: string },
): Promise<void> {
  const isUsual = Object.keys(thresholds).length === 0;
  await trx
    .updateTable("connections")
    .set({ thresholds: isUsual ? null : JSON.stringify(thresholds), updated_at: now })
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .execute();
}

/** The status of an enterprise number for an entity. It does not tell which other entity has it. */
export async function findNumberStatus(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
  enterpriseNumber: string,
): Promise<"free" | "ours" | "taken"> {
  const { rows } = await sql<{ status: "free" | "ours" | "taken" }>`
    select enterprise_number_status(${customerId}, ${entityId}, ${enterpriseNumber}) as status`.execute(trx);
  return rows[0]?.status ?? "taken";
}

/** Claims an enterprise number for an entity, across all customers. @returns false when another entity has it */
export async function claimEnterpriseNumber(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
  enterpriseNumber: string,
  now: string,
): Promise<boolean> {
  const { rows } = await sql<{ claimed: boolean }>`
    select claim_enterprise_number(
      ${customerId}, ${entityId}, ${enterpriseNumber}, ${now}
    ) as claimed`.execute(trx);
  return rows[0]?.claimed ?? false;
}

function selectConnection(trx: TenantTransaction, customerId: string, entityId: string) {
  return trx
    .selectFrom("connections")
    .selectAll()
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId);
}

/** Makes the next sync plan all linked people again, also those whose content did not change. */
export async function unsettleLinks(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
): Promise<void> {
  await trx
    .updateTable("links")
    .set({ settled: false })
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .where("settled", "=", true)
    .execute();
}
