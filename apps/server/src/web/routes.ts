import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { problem } from "@payflip/contract/problem.ts";
import type { Role } from "../access/principal.ts";
import type { RouteAccess, RouteTenant } from "./route-access.ts";

/** The app with routes typed by their schemas. */
export function typed(app: FastifyInstance) {
  return app.withTypeProvider<ZodTypeProvider>();
}

export const admins: readonly Role[] = ["admin"];
export const readers: readonly Role[] = ["admin", "reader"];
export const successManagers: readonly Role[] = ["success_manager"];
export const operators: readonly Role[] = ["success_manager", "support"];
/** Who decides cases: support for everybody, an admin where they may enter every entity it is about. */
export const caseDeciders: readonly Role[] = ["support", "admin"];
export const anybody: readonly Role[] = ["admin", "reader", "success_manager", "support", "employee"];

/** A route's declaration of who may call it and whose rows it is about. */
export function access(
  roles: readonly Role[],
  tenant: RouteTenant,
  { wages = false }: { wages?: boolean } = {},
): { access: RouteAccess } {
  return { access: { roles, tenant, wages } };
}

/** Routes that need no sign-in. */
export const open: { access: RouteAccess } = { access: { roles: [], tenant: "public" } };

/** Bytes that a body which names the people of a large employer may take. */
export const manyIdsLimit = 8 * 1024 * 1024;

/** What any route may answer instead, for the API's description. */
export const refusals = { "4xx": problem, "5xx": problem } as const;
