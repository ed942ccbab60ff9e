import { type Selectable, sql } from "kysely";
import { endCandidateList } from "./candidates.sql.ts";
import type {
  Confirming,
  ConnectionMode,
  ConnectionRow,
  PausedReason,
} from "../postgres/rows/connections.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

export type ConnectionState = ConnectionRow["state"];

/** How an entity stands with Liantis. No row yet is the same as `available`. */
export interface Connection {
  customerId: string;
  entityId: string;
  state: ConnectionState;
  mode: ConnectionMode | null;
  /** The number the consent was granted for; company details may say another one meanwhile. */
  enterpriseNumber: string | null;
  pausedReason: PausedReason | null;
  /** Guard thresholds that differ from the defaults. */
  thresholds: Record<string, number> | null;
  lastSuccessAt: string | null;
  /** Brussels date of the last scheduled run. */
  lastScheduledDate: string | null;
  lastActivationError: ActivationErrorRecord | null;
  activatedAt: string | null;
  /** A preview that was confirmed and not carried out yet. */
  confirming: Confirming | null;
  version: number;
}

export interface ActivationErrorRecord {
  code: string;
  at: string;
  /** Values that the texts of the code name: never a name or an address of somebody. */
  params?: Record<string, string>;
}

export async function findConnection(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
): Promise<Connection | undefined> {
  const row = await ofEntity(trx, customerId, entityId).executeTakeFirst();
  return row && fromRow(row);
}

/** The connection, made if there is none, and locked until the transaction ends: transitions of one entity queue up. */
export async function lockConnection(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
  at: string,
): Promise<Connection> {
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
      updated_at: at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return fromRow(await ofEntity(trx, customerId, entityId).forUpdate().executeTakeFirstOrThrow());
}

export interface ConnectionMove {
  /** States the connection may be in; in any other nothing is written. */
  from: readonly ConnectionState[];
  to: ConnectionState;
  at: string;
  mode?: ConnectionMode | null;
  enterpriseNumber?: string;
  pausedReason?: PausedReason | null;
  activatedAt?: string | null;
  /** Of a confirmed preview that a run is to carry out; any other move leaves it as it is. */
  confirming?: Confirming | null;
}

/**
 * Moves the connection to another state if it is in one of `from`; the guard is in the statement. Nobody chooses from the people of
 * a connection that rests, so their list ends with it.
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
      state: move.to,
      paused_reason: move.pausedReason ?? null,
      version: eb("version", "+", 1),
      updated_at: move.at,
      ...(move.mode === undefined ? {} : { mode: move.mode }),
      ...(move.enterpriseNumber === undefined ? {} : { enterprise_number: move.enterpriseNumber }),
      ...(move.activatedAt === undefined ? {} : { activated_at: move.activatedAt }),
      ...(move.confirming === undefined
        ? {}
        : { confirming: move.confirming === null ? null : JSON.stringify(move.confirming) }),
    }))
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .where("state", "in", [...move.from])
    .executeTakeFirst();
  if (result.numUpdatedRows !== 1n) return false;
  if (move.to === "disabled" || move.to === "paused") await endCandidateList(trx, { customerId, entityId });
  return true;
}

/** Remembers how the last step of activation ended; null when it went well. */
export async function recordActivationError(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
  error: ActivationErrorRecord | null,
  at: string,
): Promise<void> {
  await trx
    .updateTable("connections")
    .set({ last_activation_error: error === null ? null : JSON.stringify(error), updated_at: at })
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .execute();
}

/** Sets all limits of a connection that differ from the usual ones; none: the usual ones. */
export async function setThresholds(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
  { thresholds, at }: { thresholds: Readonly<Record<string, number>>; at: string },
): Promise<void> {
  const isUsual = Object.keys(thresholds).length === 0;
  await trx
    .updateTable("connections")
    .set({ thresholds: isUsual ? null : JSON.stringify(thresholds), updated_at: at })
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .execute();
}

/** Where an enterprise number stands on the platform, seen from an entity: never whose it is. */
export async function findNumberStanding(
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
  at: string,
): Promise<boolean> {
  const { rows } = await sql<{ claimed: boolean }>`
    select claim_enterprise_number(${customerId}, ${entityId}, ${enterpriseNumber}, ${at}) as claimed`.execute(
    trx,
  );
  return rows[0]?.claimed ?? false;
}

function ofEntity(trx: TenantTransaction, customerId: string, entityId: string) {
  return trx
    .selectFrom("connections")
    .selectAll()
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId);
}

function fromRow(row: Selectable<ConnectionRow>): Connection {
  return {
    customerId: row.customer_id,
    entityId: row.entity_id,
    state: row.state,
    mode: row.mode,
    enterpriseNumber: row.enterprise_number,
    pausedReason: row.paused_reason,
    thresholds: row.thresholds,
    lastSuccessAt: row.last_success_at,
    lastScheduledDate: row.last_scheduled_date,
    lastActivationError: row.last_activation_error,
    activatedAt: row.activated_at,
    confirming: row.confirming,
    version: row.version,
  };
}

/** The rules for everybody of an entity changed: the next sync must plan all of them again, also those whose content is the same. */
export async function planEverybodyAgain(
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
