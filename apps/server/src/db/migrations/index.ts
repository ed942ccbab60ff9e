import type { Migration } from "kysely/migration";
import * as house from "./0001-house.ts";
import * as access from "./0002-access.ts";
import * as retention from "./0003-retention.ts";
import * as decisions from "./0004-decisions.ts";
import * as previews from "./0005-previews.ts";
import * as undo from "./0006-undo.ts";
import * as moves from "./0007-tasks-and-moves.ts";
import * as providerCalls from "./0008-provider-calls.ts";
import * as signInAddresses from "./0009-sign-in-addresses.ts";
import * as standingRejections from "./0010-standing-rejections.ts";
import * as reconnecting from "./0011-reconnecting.ts";
import * as answersOfGuards from "./0012-answers-of-guards.ts";
import * as usedAcceptances from "./0013-used-acceptances.ts";
import * as outdatedMoves from "./0014-outdated-moves.ts";
import * as oneAccount from "./0015-one-account-one-employee.ts";
import * as forgottenMatters from "./0016-forgotten-matters.ts";
import * as lineWithoutLog from "./0017-line-without-log.ts";

/** Every migration, in order. They only go forward; a database that is ahead of the code refuses to start. */
export const migrations: Record<string, Migration> = {
  "0001-house": house,
  "0002-access": access,
  "0003-retention": retention,
  "0004-decisions": decisions,
  "0005-previews": previews,
  "0006-undo": undo,
  "0007-tasks-and-moves": moves,
  "0008-provider-calls": providerCalls,
  "0009-sign-in-addresses": signInAddresses,
  "0010-standing-rejections": standingRejections,
  "0011-reconnecting": reconnecting,
  "0012-answers-of-guards": answersOfGuards,
  "0013-used-acceptances": usedAcceptances,
  "0014-outdated-moves": outdatedMoves,
  "0015-one-account-one-employee": oneAccount,
  "0016-forgotten-matters": forgottenMatters,
  "0017-line-without-log": lineWithoutLog,
};
