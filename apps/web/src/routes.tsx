import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { homeOf, type RouterContext, requireSession } from "./access/session.ts";
import { ErrorPage } from "./layout/ErrorPage.tsx";
import { loadPauses } from "./layout/load-pauses.ts";
import { PendingPage } from "./layout/PendingPage.tsx";
import { paths } from "./paths.ts";
import { parseSearch, searchSchemas, stringifySearch } from "./search.ts";
import { NotFoundPage } from "./ui/NotFoundPage.tsx";

const root = createRootRouteWithContext<RouterContext>()({ notFoundComponent: RootNotFound });

const signIn = createRoute({
  getParentRoute: () => root,
  path: paths.signIn,
  validateSearch: (search) => searchSchemas.signIn.parse(search),
  component: lazyRouteComponent(() => import("./access/SignInPage.tsx"), "SignInPage"),
});

const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: paths.forgotPassword,
  component: lazyRouteComponent(() => import("./access/ForgotPasswordPage.tsx"), "ForgotPasswordPage"),
});

const accountLink = createRoute({
  getParentRoute: () => root,
  path: paths.accountLink,
  component: lazyRouteComponent(() => import("./access/AccountLinkPage.tsx"), "AccountLinkPage"),
});

const account = createRoute({
  getParentRoute: () => root,
  id: "account",
  beforeLoad: ({ context, location }) => requireSession(context.queryClient, location.href),
  loader: ({ context }) => loadPauses(context),
  component: lazyRouteComponent(() => import("./layout/AccountRoot.tsx"), "AccountRoot"),
});

const home = createRoute({
  getParentRoute: () => account,
  path: paths.home,
  beforeLoad: ({ context }) => {
    redirect({ to: homeOf(context.session.role), replace: true, throw: true });
  },
});

const users = createRoute({
  getParentRoute: () => account,
  path: paths.users,
  validateSearch: (search) => searchSchemas.users.parse(search),
  component: lazyRouteComponent(() => import("./people/UsersPage.tsx"), "UsersPage"),
});

const person = createRoute({
  getParentRoute: () => account,
  path: paths.person,
  component: lazyRouteComponent(() => import("./people/PersonPage.tsx"), "PersonPage"),
});

const personDetails = createRoute({
  getParentRoute: () => person,
  path: "/",
  component: lazyRouteComponent(() => import("./people/PersonDetails.tsx"), "PersonDetails"),
});

const personSalary = createRoute({
  getParentRoute: () => person,
  path: "salary",
  component: lazyRouteComponent(() => import("./people/PersonSalary.tsx"), "PersonSalary"),
});

const personLiantis = createRoute({
  getParentRoute: () => person,
  path: "liantis",
  component: lazyRouteComponent(() => import("./people/PersonLiantis.tsx"), "PersonLiantis"),
});

const company = createRoute({
  getParentRoute: () => account,
  path: paths.company,
  validateSearch: (search) => searchSchemas.entity.parse(search),
  component: lazyRouteComponent(() => import("./company/CompanyDetailsPage.tsx"), "CompanyDetailsPage"),
});

const admins = createRoute({
  getParentRoute: () => account,
  path: paths.admins,
  component: lazyRouteComponent(() => import("./customers/AdminsPage.tsx"), "AdminsPage"),
});

const apiKeys = createRoute({
  getParentRoute: () => account,
  path: paths.apiKeys,
  component: lazyRouteComponent(() => import("./api-keys/ApiKeysPage.tsx"), "ApiKeysPage"),
});

const integrations = createRoute({
  getParentRoute: () => account,
  path: paths.integrations,
  component: lazyRouteComponent(() => import("./integration/IntegrationsPage.tsx"), "IntegrationsPage"),
});

const liantis = createRoute({
  getParentRoute: () => account,
  path: paths.liantis,
  validateSearch: (search) => searchSchemas.liantis.parse(search),
  component: lazyRouteComponent(() => import("./integration/LiantisLayout.tsx"), "LiantisLayout"),
});

const overview = createRoute({
  getParentRoute: () => liantis,
  path: "/",
  beforeLoad: ({ search }) => {
    // The redirect from Liantis ends here: the wizard shows the outcome.
    if (search.activation !== undefined) redirect({ to: paths.activate, search, replace: true, throw: true });
  },
  component: lazyRouteComponent(() => import("./integration/OverviewPage.tsx"), "OverviewPage"),
});

const history = createRoute({
  getParentRoute: () => liantis,
  path: "history",
  validateSearch: (search) => searchSchemas.history.parse(search),
  component: lazyRouteComponent(() => import("./history/HistoryPage.tsx"), "HistoryPage"),
});

const issues = createRoute({
  getParentRoute: () => liantis,
  path: "issues",
  validateSearch: (search) => searchSchemas.issues.parse(search),
  component: lazyRouteComponent(() => import("./issues/IssuesPage.tsx"), "IssuesPage"),
});

const choices = createRoute({
  getParentRoute: () => liantis,
  path: "people",
  component: lazyRouteComponent(() => import("./choices/ChoicesPage.tsx"), "ChoicesPage"),
});

const mode = createRoute({
  getParentRoute: () => liantis,
  path: "mode",
  validateSearch: (search) => searchSchemas.mode.parse(search),
  component: lazyRouteComponent(() => import("./integration/ModePage.tsx"), "ModePage"),
});

const tasks = createRoute({
  getParentRoute: () => liantis,
  path: "tasks",
  validateSearch: (search) => searchSchemas.tasks.parse(search),
  component: lazyRouteComponent(() => import("./tasks/TasksPage.tsx"), "TasksPage"),
});

const holds = createRoute({
  getParentRoute: () => liantis,
  path: "holds",
  validateSearch: (search) => searchSchemas.holds.parse(search),
  component: lazyRouteComponent(() => import("./holds/HoldsPage.tsx"), "HoldsPage"),
});

const links = createRoute({
  getParentRoute: () => liantis,
  path: "links",
  validateSearch: (search) => searchSchemas.links.parse(search),
  component: lazyRouteComponent(() => import("./links/LinksPage.tsx"), "LinksPage"),
});

const activate = createRoute({
  getParentRoute: () => account,
  path: paths.activate,
  validateSearch: (search) => searchSchemas.activate.parse(search),
  component: lazyRouteComponent(() => import("./activation/ActivationPage.tsx"), "ActivationPage"),
});

const run = createRoute({
  getParentRoute: () => account,
  path: paths.run,
  validateSearch: (search) => searchSchemas.run.parse(search),
  component: lazyRouteComponent(() => import("./history/RunPage.tsx"), "RunPage"),
});

const customers = createRoute({
  getParentRoute: () => account,
  path: paths.customers,
  component: lazyRouteComponent(() => import("./customers/CustomersPage.tsx"), "CustomersPage"),
});

const customer = createRoute({
  getParentRoute: () => account,
  path: paths.customer,
  component: lazyRouteComponent(() => import("./customers/CustomerPage.tsx"), "CustomerPage"),
});

const fleet = createRoute({
  getParentRoute: () => account,
  path: paths.fleet,
  validateSearch: (search) => searchSchemas.fleet.parse(search),
  component: lazyRouteComponent(() => import("./fleet/FleetPage.tsx"), "FleetPage"),
});

const cases = createRoute({
  getParentRoute: () => account,
  path: paths.cases,
  validateSearch: (search) => searchSchemas.cases.parse(search),
  component: lazyRouteComponent(() => import("./cases/CasesPage.tsx"), "CasesPage"),
});

const oneCase = createRoute({
  getParentRoute: () => account,
  path: paths.case,
  component: lazyRouteComponent(() => import("./cases/CasePage.tsx"), "CasePage"),
});

const routeTree = root.addChildren([
  signIn,
  forgotPassword,
  accountLink,
  account.addChildren([
    home,
    users,
    person.addChildren([personDetails, personSalary, personLiantis]),
    company,
    admins,
    apiKeys,
    integrations,
    liantis.addChildren([overview, history, issues, choices, mode, tasks, holds, links]),
    activate,
    run,
    customers,
    customer,
    fleet,
    cases,
    oneCase,
  ]),
]);

export function createAppRouter(context: RouterContext) {
  return createRouter({
    routeTree,
    context,
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: ErrorPage,
    defaultPendingComponent: PendingPage,
    scrollRestoration: true,
    parseSearch,
    stringifySearch,
  });
}

function RootNotFound() {
  return (
    <main>
      <NotFoundPage />
    </main>
  );
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
