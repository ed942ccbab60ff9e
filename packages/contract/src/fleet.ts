import * as z from "zod/mini";
import { connectionState, freshness, mode } from "./connection.ts";
import { id, instant, pageOf } from "./page.ts";
import { runVerdict } from "./syncs.ts";

/** One connection as success managers and support see it: how it does, never a person. */
export const fleetItem = z.object({
  customerId: id,
  customerName: z.string(),
  entityId: id,
  entityName: z.string(),
  state: connectionState,
  mode: z.nullable(mode),
  freshness,
  lastSuccessAt: z.nullable(instant),
  verdict: z.nullable(runVerdict),
  issues: z.array(z.object({ code: z.string(), count: z.int() })),
  openTasks: z.int(),
});
fleetItem.register(z.globalRegistry, { id: "FleetItem" });
export type FleetItem = z.infer<typeof fleetItem>;

export const fleetPage = pageOf(fleetItem);
