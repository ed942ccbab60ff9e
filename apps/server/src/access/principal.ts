import type { Role } from "@payflip/contract/access.ts";
import type { TenantScope } from "../postgres/transaction.ts";
import { Problem } from "../domain/catalogue/problem.ts";

export type { Role, TenantScope };

/** Who asks, and what they may see. Built once per request from a session or an API key; every right is read from it. */
export interface Principal {
  kind: "account" | "api_key";
  accountId: string | null;
  keyId: string | null;
  role: Role;
  /** Null for success managers and support, who belong to no customer. */
  customerId: string | null;
  entityIds: string[] | "all";
  seesWages: boolean;
}

/** The rows the principal may see. Whoever belongs to no customer sees no customer's rows: to them they do not exist. */
export function tenantScope(principal: Principal): TenantScope {
  if (principal.customerId === null) throw new Problem("NOT_FOUND");
  return { customerId: principal.customerId, entityIds: principal.entityIds };
}

/** Whether the principal may see this entity, as far as their own rights say; that it is their customer's is the database's word. */
export function mayEnterEntity(principal: Principal, entityId: string): boolean {
  return principal.entityIds === "all" || principal.entityIds.includes(entityId);
}

/** The id that stands in the audit for whoever did it. */
export function actorOf(principal: Principal): { actorKind: "account" | "api_key"; actorId: string } {
  const actorId = principal.kind === "account" ? principal.accountId : principal.keyId;
  if (actorId === null) throw new Error("a principal without an id");
  return { actorKind: principal.kind, actorId };
}
