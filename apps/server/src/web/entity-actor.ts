import type { FastifyRequest } from "fastify";
import { actorOf } from "../access/principal.ts";
import { principalOf } from "./route-access.ts";
import { scopeOf } from "./tenant-guard.ts";

/** The caller as the actor of an action on an entity of their customer. */
export function entityActor(request: FastifyRequest, entityId: string) {
  return { customerId: scopeOf(request).customerId, entityId, ...actorOf(principalOf(request)) };
}
