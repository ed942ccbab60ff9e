import { useRouterState } from "@tanstack/react-router";
import { useEntity } from "../access/session.ts";

/** The page that is open, and the entity it is about: the one its address asks for, or the one that is shown without. */
export function useShownPage(): { pathname: string; entityId: string | undefined } {
  const { pathname, asked } = useRouterState({
    select: ({ location }) => ({ pathname: location.pathname, asked: location.search.entity }),
    structuralSharing: true,
  });
  return { pathname, entityId: useEntity(asked)?.id };
}
