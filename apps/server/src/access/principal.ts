import type { Role } from "@payflip/contract/access.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import type { TenantScope } from "../postgres/transaction.ts";

export type { Role, TenantScope };

/** The caller and their rights. Built once per request from a session or an API key; every check of a right uses it. */
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

/** The rows the principal may see. @throws Problem NOT_FOUND for success managers and support, who see no customer's rows */
export function tenantScope(principal: Principal): TenantScope {
  if (principal.customerId === null) throw new Problem("NOT_FOUND");
  return { customerId: principal.customerId, entityIds: principal.entityIds };
}

/** Whether the principal's own rights include this entity. That the entity is their customer's, row-level security checks. */
export function mayEnterEntity(principal: Principal, entityId: string): boolean {
  return principal.entityIds === "all" || principal.entityIds.includes(entityId);
}

/** The entities of the principal as they are stored; null: every entity. */
export function entityIdsOf({ entityIds }: Principal): string[] | null {
  return entityIds === "all" ? null : entityIds;
}

/** The principal as the audit names them. */
export function actorOf(principal: Principal): { actorKind: "account" | "api_key"; actorId: string } {
  const actorId = principal.kind === "account" ? principal.accountId : principal.keyId;
  if (actorId === null) throw new Error("a principal without an id");
  return { actorKind: principal.kind, actorId };
}
