import { endpoints } from "@payflip/contract/endpoints.ts";
import type { Issue } from "@payflip/contract/issues.ts";
import type { Language } from "@payflip/contract/page.ts";
import type { FastifyInstance } from "fastify";
import { actorOf } from "../access/principal.ts";
import {
  isIssueCode,
  issueCatalogue,
  type IssueCode,
  issueSeverity,
} from "../domain/catalogue/issue-catalogue.ts";
import type { IssueEntry } from "../domain/catalogue/issue-entry.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import { workerLink, workersLink } from "../people/my-liantis-links.ts";
import { recordAudit } from "../postgres/audit.sql.ts";
import { tenantTransaction } from "../postgres/transaction.ts";
import { renderIssue } from "../texts/issues.ts";
import type { AppDeps } from "../web/app-deps.ts";
import { decodeCursor, pageOfRows } from "../web/requests/page-cursor.ts";
import { principalOf } from "../web/route-access.ts";
import { route } from "../web/route.ts";
import { scopeOf } from "../web/tenant-guard.ts";
import { viewerOf } from "../web/viewer.ts";
import { acceptIssue } from "./issues.sql.ts";
import { type IssueRecord, listIssues } from "./list-issues.sql.ts";

type IssueDeps = Pick<AppDeps, "db" | "now" | "myLiantisUrl" | "publicUrl">;

/** Issues: listing them, and accepting one. */
export function registerIssueRoutes(app: FastifyInstance, deps: IssueDeps): void {
  const { db, now } = deps;
  route(app, endpoints.listIssues, async ({ params, query, request }) => {
    const scope = scopeOf(request);
    const { limit, cursor, status = "open", code, severity, employeeId = null } = query;
    const after = decodeCursor(request, cursor, ["instant", "id"]);
    const { customerId } = scope;
    const codes = codesOf(code, severity);
    const filter = { customerId, entityId: params.id, issueId: null, status, codes, employeeId };
    const { issues, total } = await tenantTransaction(db, scope, "app", (trx) =>
      listIssues(trx, filter, { limit: limit + 1, after }),
    );
    const { shown, nextCursor } = pageOfRows(request, issues, limit, (row) => [row.firstSeenAt, row.issueId]);
    const { language } = viewerOf(request, now());
    return { items: shown.map((one) => issueAnswer(one, language, deps)), nextCursor, total };
  });
  registerAcceptance(app, deps);
}

function registerAcceptance(app: FastifyInstance, deps: IssueDeps): void {
  const { db, now } = deps;
  route(app, endpoints.acceptIssue, async ({ params, body, request }) => {
    const scope = scopeOf(request);
    const { customerId } = scope;
    const { id } = params;
    const { reason = null, reviewOn = null } = body ?? {};
    const actor = actorOf(principalOf(request));
    const acceptedAt = now().toISOString();
    const acceptance = {
      reason: reason === "" ? null : reason,
      reviewOn,
      acceptedAt,
      acceptedBy: actor.actorId,
    };
    const accepted = await tenantTransaction(db, scope, "app", async (trx) => {
      if (!(await acceptIssue(trx, customerId, id, acceptance))) throw new Problem("WRONG_STATE");
      const filter = {
        customerId,
        entityId: null,
        issueId: id,
        status: null,
        codes: null,
        employeeId: null,
      };
      const [found] = (await listIssues(trx, filter, { limit: 1, after: null })).issues;
      if (found === undefined) throw new Problem("NOT_FOUND");
      const { entityId } = found;
      const entry = {
        ...actor,
        customerId,
        entityId,
        action: "issue.accepted",
        subject: id,
        doneAt: acceptedAt,
      };
      await recordAudit(trx, { ...entry, reason: acceptance.reason });
      return found;
    });
    return issueAnswer(accepted, viewerOf(request, now()).language, deps);
  });
}

/** The codes that pass a filter; null when all do. A code whose severity depends on the reason counts by its usual severity. */
function codesOf(code: string | undefined, severity: string | undefined): string[] | null {
  if (code === undefined && severity === undefined) return null;
  const entries: [string, IssueEntry][] = Object.entries(issueCatalogue);
  return entries
    .filter(([name, entry]) => (code ?? name) === name && (severity ?? entry.severity) === entry.severity)
    .map(([name]) => name);
}

/** An issue as the API shows it. */
export function issueAnswer(
  record: IssueRecord,
  language: Language,
  urls: Pick<IssueDeps, "myLiantisUrl" | "publicUrl">,
): Issue {
  const { code, params } = record;
  if (!isIssueCode(code)) throw new Error("an issue whose code left the catalogue");
  const entry: IssueEntry = issueCatalogue[code];
  return {
    id: record.issueId,
    entityId: record.entityId,
    code,
    severity: issueSeverity(code, params),
    who: entry.who,
    workerId: record.workerId,
    employeeId: record.employeeId,
    employeeName: record.employeeName,
    employeeNumber: record.employeeNumber ?? params["employeeNumber"] ?? null,
    contractId: record.contractId,
    ...renderIssue(code, params, language),
    link: linkOf(code, record, urls),
    firstSeenAt: record.firstSeenAt,
    lastSeenAt: record.lastSeenAt,
    runs: record.runs,
    status: record.status,
    acceptedReason: record.acceptedReason,
    reviewOn: record.reviewOn,
  };
}

/** The page where an issue is solved: the person or the list in MyLiantis, or a page of the app. */
function linkOf(
  code: IssueCode,
  record: IssueRecord,
  { myLiantisUrl, publicUrl }: Pick<IssueDeps, "myLiantisUrl" | "publicUrl">,
): string {
  const { place }: IssueEntry = issueCatalogue[code];
  const { enterpriseNumber: number, entityId, workerId, employeeId } = record;
  const integration = `${publicUrl}/settings/integrations/liantis`;
  const overview = `${integration}?entity=${entityId}`;
  const worker = () =>
    workerId === null ? workersLink(myLiantisUrl, number) : workerLink(myLiantisUrl, number, workerId);
  switch (place) {
    case "worker":
      return worker() ?? overview;
    case "workers":
      return workersLink(myLiantisUrl, number) ?? overview;
    case "payflip_employee":
      return employeeId === null ? `${publicUrl}/users` : `${publicUrl}/users/${employeeId}`;
    case "move":
      // A person who is linked here already only has the address of a colleague in another entity: there is no move.
      return employeeId === null
        ? `${integration}/tasks?entity=${entityId}&kind=entity_move`
        : (worker() ?? overview);
    case "activation":
      return `${integration}/activate?entity=${entityId}`;
    case "integration":
      return overview;
  }
}
