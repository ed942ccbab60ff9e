import type { CustomerAdmin } from "@payflip/contract/accounts/admins.ts";
import { endpoints } from "@payflip/contract/endpoints.ts";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { actorOf } from "../access/principal.ts";
import { tenantTransaction } from "../postgres/transaction.ts";
import type { AppDeps } from "../web/app-deps.ts";
import { decodeCursor, pageOfRows } from "../web/requests/page-cursor.ts";
import { route } from "../web/route.ts";
import { principalOf } from "../web/route-access.ts";
import { scopeOf } from "../web/tenant-guard.ts";
import { inviteWithinLimits, mailAccountLink } from "./account-mails.ts";
import { type AdminRecord, listAdmins } from "./admins.sql.ts";
import { type AdminDeps, addAdmin, changeAdmin, inviteAgain, removeAdmin } from "./admins.ts";

type AdminRouteDeps = Pick<AppDeps, "db" | "now" | "activation">;

/** The admins of a customer, as success managers and admins of all entities manage them. */
export function registerAdminRoutes(app: FastifyInstance, { db, now, activation }: AdminRouteDeps): void {
  route(app, endpoints.listAdmins, async ({ query, request }) => {
    const scope = scopeOf(request);
    const { limit, cursor } = query;
    const after = decodeCursor(request, cursor, ["text", "id"]);
    const { admins, total } = await tenantTransaction(db, scope, "app", (trx) =>
      listAdmins(trx, scope.customerId, { limit: limit + 1, after }),
    );
    const { shown, nextCursor } = pageOfRows(request, admins, limit, (row) => [
      row.name ?? row.email,
      row.accountId,
    ]);
    return { items: shown.map((one) => adminAnswer(one, now())), nextCursor, total };
  });
  const deps: AdminDeps = {
    db,
    now,
    invite: inviteWithinLimits(activation),
    confirmAddress: (trx, account) =>
      mailAccountLink(trx, activation, { ...account, purpose: "confirm_address" }),
  };
  route(app, endpoints.addAdmin, async ({ body, request }) => {
    const { email, name, language, entityIds } = body;
    const added = await addAdmin(deps, actorOn(request), { email, name, language, entityIds });
    return adminAnswer(added, now());
  });
  route(app, endpoints.changeAdmin, async ({ params, body, request }) => {
    const { accountId } = params;
    return adminAnswer(await changeAdmin(deps, actorOn(request), { accountId, change: body }), now());
  });
  route(app, endpoints.removeAdmin, async ({ params, request }) => {
    await removeAdmin(deps, actorOn(request), params.accountId);
    return null;
  });
  route(app, endpoints.inviteAdmin, async ({ params, request }) =>
    adminAnswer(await inviteAgain(deps, actorOn(request), params.accountId), now()),
  );
}

function actorOn(request: FastifyRequest) {
  return { customerId: scopeOf(request).customerId, ...actorOf(principalOf(request)) };
}

function adminAnswer(admin: AdminRecord, now: Date): CustomerAdmin {
  const { accountId, email, language, entityIds, invitedAt: sentAt, invitationExpiresAt: expiresAt } = admin;
  const invitation = { status: statusOf(admin, now), sentAt, expiresAt };
  return { accountId, name: admin.name ?? email, email, language, entityIds, invitation };
}

function statusOf(
  { hasPassword, invitationExpiresAt }: AdminRecord,
  now: Date,
): CustomerAdmin["invitation"]["status"] {
  if (hasPassword) return "accepted";
  if (invitationExpiresAt === null) return "not_invited";
  return Date.parse(invitationExpiresAt) > now.getTime() ? "invited" : "expired";
}
