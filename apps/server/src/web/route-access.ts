import type { Role, Tenant } from "@payflip/contract/access.ts";
import type { Principal } from "../access/principal.ts";

/** Who may call a route, and whose rows it is about. A route without this declaration stops the start. */
export interface RouteAccess {
  roles: readonly Role[];
  tenant: Tenant;
  /** The route shows or writes wages only: callers who may not see wages are refused. */
  wages?: boolean;
}

declare module "fastify" {
  interface FastifyContextConfig {
    access?: RouteAccess;
  }
  interface FastifyRequest {
    /** Null on public routes for a caller who is not signed in. */
    principal: Principal | null;
  }
}

/** The principal of a route that is not public. */
export function principalOf(request: { principal: Principal | null }): Principal {
  if (request.principal === null) throw new Error("a route that needs a sign-in was reached without one");
  return request.principal;
}
