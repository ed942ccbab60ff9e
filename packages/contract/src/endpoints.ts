import { followAccountLink, readAccountLink, requestPasswordReset } from "./accounts/account-links.ts";
import {
  changeMode,
  confirmActivation,
  countWorkers,
  finishConsent,
  requestConsent,
  startActivation,
} from "./activation.ts";
import { addAdmin, changeAdmin, inviteAdmin, listAdmins, removeAdmin } from "./accounts/admins.ts";
import { createApiKey, listApiKeys, revokeApiKey } from "./accounts/api-keys.ts";
import { listCandidates, makeChoices } from "./candidates.ts";
import { confirmCase, declineCase, listCases, readCase } from "./cases.ts";
import { disableConnection, enableConnection, readConnection } from "./connection.ts";
import {
  addEntity,
  changeCustomer,
  createCustomer,
  listCustomers,
  offerLiantis,
  readCustomer,
  withdrawLiantis,
} from "./customers.ts";
import {
  changeEmployee,
  createEmployee,
  deactivateEmployee,
  listEmployees,
  reactivateEmployee,
  readEmployee,
} from "./employees.ts";
import { changeEntity, listEntities, readEntity } from "./entities.ts";
import { explainEmployee } from "./explanation.ts";
import { completeFleetTask, listFleet } from "./fleet.ts";
import { acceptHold, rejectHold } from "./holds.ts";
import { acceptIssue, listIssues } from "./issues.ts";
import { linkEmployee, listLinks, unlinkEmployee } from "./links.ts";
import { readPreview, startPreview } from "./previews.ts";
import {
  changeSession,
  finishOidcSignIn,
  readSession,
  readSessionOptions,
  signIn,
  signOut,
  startOidcSignIn,
} from "./session.ts";
import {
  checkEmployee,
  checkWorker,
  followSync,
  listChanges,
  listSyncs,
  readSync,
  startSync,
  undoSync,
} from "./syncs.ts";
import { completeTask, listTasks } from "./tasks.ts";
import { changeThresholds, readThresholds } from "./thresholds.ts";
import {
  changeWageContract,
  createWageContract,
  deleteWageContract,
  listWageContracts,
} from "./wage-contracts.ts";

/** Every endpoint of our API. The name is the `operationId` of the API's description. */
export const endpoints = Object.freeze({
  readSessionOptions,
  readSession,
  signIn,
  changeSession,
  signOut,
  startOidcSignIn,
  finishOidcSignIn,
  requestPasswordReset,
  readAccountLink,
  followAccountLink,
  listApiKeys,
  createApiKey,
  revokeApiKey,
  listCustomers,
  createCustomer,
  readCustomer,
  changeCustomer,
  addEntity,
  listAdmins,
  addAdmin,
  changeAdmin,
  removeAdmin,
  inviteAdmin,
  offerLiantis,
  withdrawLiantis,
  listEntities,
  readEntity,
  changeEntity,
  readConnection,
  disableConnection,
  enableConnection,
  startActivation,
  requestConsent,
  finishConsent,
  countWorkers,
  confirmActivation,
  changeMode,
  listCandidates,
  makeChoices,
  startPreview,
  readPreview,
  startSync,
  listSyncs,
  readSync,
  followSync,
  listChanges,
  undoSync,
  checkEmployee,
  checkWorker,
  acceptHold,
  rejectHold,
  readThresholds,
  changeThresholds,
  listIssues,
  acceptIssue,
  listTasks,
  completeTask,
  listCases,
  readCase,
  confirmCase,
  declineCase,
  listFleet,
  completeFleetTask,
  listEmployees,
  readEmployee,
  createEmployee,
  changeEmployee,
  deactivateEmployee,
  reactivateEmployee,
  explainEmployee,
  listLinks,
  linkEmployee,
  unlinkEmployee,
  listWageContracts,
  createWageContract,
  changeWageContract,
  deleteWageContract,
});
export type Endpoints = typeof endpoints;
export type EndpointName = keyof Endpoints;
