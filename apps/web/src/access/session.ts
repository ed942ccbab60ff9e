import type { Role } from "@payflip/contract/access.ts";
import type { Session } from "@payflip/contract/session.ts";
import { type QueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { redirect } from "@tanstack/react-router";
import { sessionQuery } from "../api/queries.ts";
import { showLanguage } from "../intl/IntlRoot.tsx";
import { paths } from "../paths.ts";

export interface RouterContext {
  readonly queryClient: QueryClient;
}

/** The session of a signed-in account; without one the browser is redirected to the sign-in page and returns after it. */
export async function requireSession(queryClient: QueryClient, href: string): Promise<{ session: Session }> {
  const session = await queryClient.ensureQueryData(sessionQuery);
  if (session === null) {
    const search = href === paths.home ? {} : { returnTo: href };
    redirect({ to: paths.signIn, search, replace: true, throw: true });
    throw new Error("A redirect that throws does not come back");
  }
  await showLanguage(session.account.language);
  return { session };
}

/** The page that an account starts on. */
export function homeOf(role: Role): typeof paths.users | typeof paths.customers | typeof paths.cases {
  if (role === "support") return paths.cases;
  return role === "success_manager" ? paths.customers : paths.users;
}

/** The session of a page behind sign-in. */
export function useSession(): Session {
  const { data } = useSuspenseQuery(sessionQuery);
  if (data === null) throw new Error("This page needs a session");
  return data;
}

/** The entity that the address asks for, else the first one the account may see. */
export function useEntity(asked: string | undefined): { id: string; name: string } | undefined {
  const { entities } = useSession();
  return entities.find(({ id }) => id === asked) ?? entities[0];
}

export function useIsAdmin(): boolean {
  return useSession().role === "admin";
}
