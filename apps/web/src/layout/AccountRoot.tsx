import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Outlet, useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { isQueryOf } from "../api/endpoint-query.ts";
import { sessionQuery } from "../api/queries.ts";
import { useText } from "../intl/messages.ts";
import { Shell } from "./Shell.tsx";
import { EmptyState } from "../ui/Page.tsx";

/** All pages behind sign-in. When the session ends elsewhere, the route guard runs again. */
export function AccountRoot() {
  const router = useRouter();
  const queryClient = useQueryClient();
  const { data: session } = useQuery(sessionQuery);
  const isSignedOut = session === null;
  useEffect(() => {
    if (!isSignedOut) return;
    queryClient.removeQueries({ predicate: ({ queryKey }) => !isQueryOf("readSession", queryKey) });
    void router.invalidate();
  }, [isSignedOut, queryClient, router]);
  if (isSignedOut) return null;
  return <Shell>{session?.role === "employee" ? <NoAccess /> : <Outlet />}</Shell>;
}

/** Employees can sign in to Payflip, but these pages are for HR. */
function NoAccess() {
  const text = useText();
  return <EmptyState title={text("access.none")}>{text("access.none.why")}</EmptyState>;
}
