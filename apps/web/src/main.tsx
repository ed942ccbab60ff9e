import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { isQueryOf } from "./api/endpoint-query.ts";
import { ConnectionLost, hasStatus } from "./api/problem.ts";
import { sessionQuery } from "./api/queries.ts";
import { IntlRoot, showLanguage } from "./intl/IntlRoot.tsx";
import { preferredLanguage, storedLanguage } from "./intl/language.ts";
import { createAppRouter } from "./routes.tsx";
import "./styles.css";

const retriesMax = 2;

const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError(error, { queryKey }) {
      if (hasStatus(error, 401) && !isQueryOf("readSession", queryKey))
        queryClient.setQueryData(sessionQuery.queryKey, null);
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failures, error) =>
        failures < retriesMax && (error instanceof ConnectionLost || hasStatus(error, 503)),
    },
  },
});
const router = createAppRouter({ queryClient });
const container = document.getElementById("app");
if (container === null) throw new Error("index.html has no #app");

await showLanguage(preferredLanguage(storedLanguage(), navigator.languages));
createRoot(container).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <IntlRoot>
        <RouterProvider router={router} />
      </IntlRoot>
    </QueryClientProvider>
  </StrictMode>,
);
