import { endpoints } from "@payflip/contract/endpoints.ts";
import type { FastifyInstance } from "fastify";
import type { AppDeps } from "../web/app-deps.ts";
import { route } from "../web/route.ts";
import { followAccountLink, readAccountLink } from "./account-links.ts";
import { requestPasswordReset } from "./password-reset.ts";

/** The links with which the owner of an address chooses a password, and the request for one. */
export function registerAccountLinkRoutes(
  app: FastifyInstance,
  { db, now, activation }: Pick<AppDeps, "db" | "now" | "activation">,
): void {
  route(app, endpoints.requestPasswordReset, async ({ body, request }) => {
    await requestPasswordReset(activation, { email: body.email, address: request.ip });
    return null;
  });
  route(app, endpoints.readAccountLink, ({ params }) => readAccountLink(db, params.token, now()));
  route(app, endpoints.followAccountLink, ({ params, body }) =>
    followAccountLink(db, { token: params.token, password: body.password ?? null }, now()),
  );
}
