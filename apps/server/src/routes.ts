import type { FastifyInstance } from "fastify";
import { registerActivationRoutes } from "./http/activation.ts";
import { registerCaseRoutes } from "./http/cases.ts";
import { registerCandidateRoutes } from "./http/candidates.ts";
import { registerConnectRoutes } from "./http/connect.ts";
import { registerConnectionRoutes } from "./http/connection.ts";
import { registerCustomerRoutes } from "./http/customers.ts";
import { registerEmployeeRoutes } from "./http/employees.ts";
import { registerEntityRoutes } from "./http/entities.ts";
import { registerFleetRoutes } from "./http/fleet.ts";
import { registerExplanationRoutes } from "./http/explanation.ts";
import { registerHoldRoutes } from "./http/holds.ts";
import { registerIssueRoutes } from "./http/issues.ts";
import { registerLinkRoutes } from "./http/links.ts";
import { registerOidcRoutes } from "./http/oidc.ts";
import { registerPersonCheckRoutes } from "./http/person-check.ts";
import { registerPreviewRoutes } from "./http/previews.ts";
import { registerRevertRoutes } from "./http/revert.ts";
import { registerSessionRoutes } from "./http/session.ts";
import { registerSyncRoutes } from "./http/syncs.ts";
import { registerTaskRoutes } from "./http/tasks.ts";
import { registerThresholdRoutes } from "./http/thresholds.ts";
import { registerWageContractRoutes } from "./http/wage-contracts.ts";
import { createApp } from "./http/app.ts";
import type { AppDeps } from "./http/app-deps.ts";

/** The HTTP interface with every route of the product, ready to listen. */
export function buildApp(deps: AppDeps): Promise<FastifyInstance> {
  return createApp(deps, { api: registerApiRoutes, pages: registerConnectRoutes });
}

function registerApiRoutes(api: FastifyInstance, deps: AppDeps): void {
  registerSessionRoutes(api, deps);
  registerOidcRoutes(api, deps);
  registerCustomerRoutes(api, deps);
  registerEntityRoutes(api, deps);
  registerConnectionRoutes(api, deps);
  registerActivationRoutes(api, deps);
  registerCandidateRoutes(api, deps);
  registerPreviewRoutes(api, deps);
  registerSyncRoutes(api, deps);
  registerRevertRoutes(api, deps);
  registerHoldRoutes(api, deps);
  registerThresholdRoutes(api, deps);
  registerIssueRoutes(api, deps);
  registerTaskRoutes(api, deps);
  registerCaseRoutes(api, deps);
  registerFleetRoutes(api, deps);
  registerEmployeeRoutes(api, deps);
  registerPersonCheckRoutes(api, deps);
  registerExplanationRoutes(api, deps);
  registerLinkRoutes(api, deps);
  registerWageContractRoutes(api, deps);
}
