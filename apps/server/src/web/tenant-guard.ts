import type { Tenant } from "@payflip/contract/access.ts";
import type { FastifyInstance } from "fastify";
import { findCustomerIds } from "../access/customers.sql.ts";
import { type Principal, tenantScope } from "../access/principal.ts";
import { type RowOfTenant, rowExists } from "../access/tenant-rows.sql.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import type { Database } from "../postgres/database.ts";
import { platformTransaction, type TenantScope, tenantTransaction } from "../postgres/transaction.ts";
import { principalOf } from "./route-access.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** The rows that the route's transactions may see; null on a route that is not about a customer's rows. */
    scope: TenantScope | null;
  }
}

/** The scope of a route about a customer's rows. */
export function scopeOf(request: { scope: TenantScope | null }): TenantScope {
  if (request.scope === null) throw new Error("a route without a tenant asked for its scope");
  return request.scope;
}

/**
 * Checks under row-level security that the principal may see the row of `:id`. A row of another customer or entity is answered
 * with 404, as if it did not exist.
 */
export function addTenantGuard(app: FastifyInstance, { db }: { db: Database }): void {
  app.decorateRequest("scope", null);
  app.addHook("preHandler", async (request) => {
    const { access } = request.routeOptions.config;
    if (access === undefined || access.tenant === "public" || access.tenant === "none") return;
    const principal = principalOf(request);
    // Support decides cases of every customer, in a platform transaction that sees no other rows of the customer.
    if (access.tenant === "case" && principal.role === "support") return;
    if (access.tenant === "managed customer") {
      const { id } = request.params as { id: string };
      request.scope = await managedScope(db, principal, id);
      return;
    }
    const scope = tenantScope(principal);
    request.scope = scope;
    const row = rowNamedBy(access.tenant);
    if (row === null) return;
    const { id } = request.params as { id: string };
    const found = await tenantTransaction(db, scope, "app", (trx) =>
      rowExists(trx, scope.customerId, row, id),
    );
    if (!found) throw new Problem("NOT_FOUND");
  });
}

/** @throws Problem NOT_FOUND for another customer, FORBIDDEN for an admin of some entities of the own one */
async function managedScope(db: Database, principal: Principal, customerId: string): Promise<TenantScope> {
  const isOwn = principal.customerId === customerId;
  if (principal.role === "success_manager") {
    const known = await platformTransaction(db, (trx) => findCustomerIds(trx, [customerId]));
    if (known.length === 0) throw new Problem("NOT_FOUND");
  } else if (!isOwn) throw new Problem("NOT_FOUND");
  else if (principal.entityIds !== "all") throw new Problem("FORBIDDEN");
  return { customerId, entityIds: "all" };
}

function rowNamedBy(tenant: Exclude<Tenant, "managed customer">): RowOfTenant | null {
  return tenant === "customer" || tenant === "none" || tenant === "public" ? null : tenant;
}
