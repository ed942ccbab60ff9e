import type { FastifyInstance } from "fastify";
import { registerApiKeyRoutes } from "./access/api-keys.routes.ts";
import { registerCustomerRoutes } from "./access/customers.routes.ts";
import { registerFleetRoutes } from "./access/fleet.routes.ts";
import { registerOidcRoutes } from "./access/oidc.routes.ts";
import { registerSessionRoutes } from "./access/session.routes.ts";
import { registerAccountLinkRoutes } from "./accounts/account-links.routes.ts";
import { registerAdminRoutes } from "./accounts/admins.routes.ts";
import { registerCandidateRoutes } from "./choices/candidates.routes.ts";
import { registerActivationRoutes } from "./connection/activation.routes.ts";
import { registerEntityRoutes } from "./connection/company.routes.ts";
import { registerConnectionRoutes } from "./connection/connection.routes.ts";
import { registerConnectRoutes } from "./connection/consent/connect.routes.ts";
import { registerThresholdRoutes } from "./connection/thresholds.routes.ts";
import { registerCaseRoutes } from "./decisions/cases.routes.ts";
import { registerHoldRoutes } from "./decisions/holds.routes.ts";
import { registerIssueRoutes } from "./decisions/issues.routes.ts";
import { registerTaskRoutes } from "./decisions/tasks.routes.ts";
import { registerLinkRoutes } from "./link-desk/links.routes.ts";
import { registerWageContractRoutes } from "./people/contracts/wage-contracts.routes.ts";
import { registerEmployeeRoutes } from "./people/employees.routes.ts";
import { registerExplanationRoutes } from "./people/explanation.routes.ts";
import { registerPersonCheckRoutes } from "./people/person-check.routes.ts";
import { registerPreviewRoutes } from "./preview/previews.routes.ts";
import { registerSyncRoutes } from "./runs/runs.routes.ts";
import { registerUndoRoutes } from "./undo/undo.routes.ts";
import { createApp } from "./web/app.ts";
import type { AppDeps } from "./web/app-deps.ts";

/** The HTTP interface with every route of the product, ready to listen. */
export function buildApp(deps: AppDeps): Promise<FastifyInstance> {
  return createApp(deps, { api: registerApiRoutes, pages: registerConnectRoutes });
}

function registerApiRoutes(api: FastifyInstance, deps: AppDeps): void {
  registerSessionRoutes(api, deps);
  registerOidcRoutes(api, deps);
  registerAccountLinkRoutes(api, deps);
  registerApiKeyRoutes(api, deps);
  registerCustomerRoutes(api, deps);
  registerAdminRoutes(api, deps);
  registerEntityRoutes(api, deps);
  registerConnectionRoutes(api, deps);
  registerActivationRoutes(api, deps);
  registerCandidateRoutes(api, deps);
  registerPreviewRoutes(api, deps);
  registerSyncRoutes(api, deps);
  registerUndoRoutes(api, deps);
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
