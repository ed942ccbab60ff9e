import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Outlet, useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { sessionQuery } from "../api/queries.ts";
import { Shell } from "../layout/Shell.tsx";

/** Everything behind sign-in. When the session ends elsewhere, the guard of the routes is asked again. */
export function AccountRoot() {
  const router = useRouter();
  const queryClient = useQueryClient();
  const { data: session } = useQuery(sessionQuery);
  const isSignedOut = session === null;
  useEffect(() => {
    if (!isSignedOut) return;
    queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
    void router.invalidate();
  }, [isSignedOut, queryClient, router]);
  if (isSignedOut) return null;
  return (
    <Shell>
      <Outlet />
    </Shell>
  );
}
