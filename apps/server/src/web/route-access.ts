import type { Principal, Role } from "../access/principal.ts";

/**
 * Who may call a route, and what its `:id` is. A route without this declaration stops the start.
 *
 * `tenant`: the kind of row that `:id` names and that must belong to the principal's customer and entities, else the
 * answer is 404; support may name a `case` of any customer. `customer`: the route is about the principal's own customer (lists). `none`: the principal needs no
 * customer. `public`: no sign-in (roles must be empty).
 */
export interface RouteAccess {
  roles: readonly Role[];
  tenant: RouteTenant;
  /** The route shows nothing but wages: whoever may not see them is refused. */
  wages?: boolean;
}

export type RouteTenant =
  | "entity"
  | "customer"
  | "run"
  | "employee"
  | "issue"
  | "hold"
  | "task"
  | "case"
  | "preview"
  | "none"
  | "public";

declare module "fastify" {
  interface FastifyContextConfig {
    access?: RouteAccess;
  }
  interface FastifyRequest {
    /** Null on public routes for whoever is not signed in. */
    principal: Principal | null;
  }
}

/** The principal of a route that is not public. */
export function principalOf(request: { principal: Principal | null }): Principal {
  if (request.principal === null) throw new Error("a route that needs a sign-in was reached without one");
  return request.principal;
}
