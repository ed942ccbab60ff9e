import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Provider } from "oidc-provider";
import type { World } from "../state/world.ts";
import { renderLogIn } from "./consent-pages.ts";

type FormRequest = FastifyRequest<{ Params: { uid: string }; Body: Record<string, string> | undefined }>;

/** The log-in page of the plain sign-in provider. */
export function registerSignInJourney(
  app: FastifyInstance,
  parts: { provider: Provider; world: World },
): void {
  const { provider, world } = parts;
  const page = (uid: string, failed: boolean) =>
    renderLogIn({
      action: `/sign-in/${uid}`,
      heading: "Sign in with your work account",
      hints: [...world.signInAccounts.values()].map(({ email, password, name }) => ({
        username: email,
        password,
        hint: name,
      })),
      failed,
    });

  app.get<{ Params: { uid: string } }>("/sign-in/:uid", async (request, reply) => {
    const { uid } = await provider.interactionDetails(request.raw, reply.raw);
    return reply.type("text/html").send(page(uid, false));
  });

  app.post("/sign-in/:uid", async (request: FormRequest, reply) => {
    const { uid } = await provider.interactionDetails(request.raw, reply.raw);
    const { username = "", password = "" } = request.body ?? {};
    const account = world.signInAccounts.get(username.trim().toLowerCase());
    if (account?.password !== password) return reply.code(401).type("text/html").send(page(uid, true));
    const result = { login: { accountId: account.email } };
    return reply.redirect(await provider.interactionResult(request.raw, reply.raw, result), 303);
  });
}
