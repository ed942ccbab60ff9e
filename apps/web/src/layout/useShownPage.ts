import { useRouterState } from "@tanstack/react-router";
import { useEntity } from "../access/session.ts";

/** The open page and its entity: the one in the address, or the default one. */
export function useShownPage(): { pathname: string; entityId: string | undefined } {
  const { pathname, asked } = useRouterState({
    select: ({ location }) => ({ pathname: location.pathname, asked: location.search.entity }),
    structuralSharing: true,
  });
  return { pathname, entityId: useEntity(asked)?.id };
}
