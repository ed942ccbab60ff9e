/** Every address of the app. Mails, problems and callbacks of the server link to them too. */
export const paths = {
  home: "/",
  signIn: "/sign-in",
  forgotPassword: "/forgot-password",
  accountLink: "/account-links/$token",
  users: "/users",
  person: "/users/$employeeId",
  salary: "/users/$employeeId/salary",
  personLiantis: "/users/$employeeId/liantis",
  company: "/settings/company",
  admins: "/settings/admins",
  apiKeys: "/settings/api-keys",
  integrations: "/settings/integrations",
  liantis: "/settings/integrations/liantis",
  activate: "/settings/integrations/liantis/activate",
  history: "/settings/integrations/liantis/history",
  run: "/settings/integrations/liantis/runs/$runId",
  issues: "/settings/integrations/liantis/issues",
  choices: "/settings/integrations/liantis/people",
  mode: "/settings/integrations/liantis/mode",
  tasks: "/settings/integrations/liantis/tasks",
  holds: "/settings/integrations/liantis/holds",
  links: "/settings/integrations/liantis/links",
  customers: "/customers",
  customer: "/customers/$customerId",
  fleet: "/fleet",
  cases: "/cases",
  case: "/cases/$caseId",
} as const;

/** Keeps a `returnTo` inside the app: a path of ours, never another site. */
export function safeReturnPath(returnTo: string | undefined): string {
  if (returnTo === undefined || !returnTo.startsWith("/") || returnTo.startsWith("//")) return paths.home;
  if (returnTo.includes("\\") || returnTo.startsWith(paths.signIn)) return paths.home;
  return returnTo;
}
