import type { FastifyInstance } from "fastify";
import { renderLogIn } from "../oidc/consent-pages.ts";
import type { Employer } from "../state/employer.ts";
import type { World } from "../state/world.ts";
import { formValues, WORKER_FIELDS } from "./fields.ts";
import { addressOf, renderEmployers, renderNewWorker, renderRefusal, renderWorkers } from "./pages.ts";
import { type Fields, fieldsOf, nameOf, textOf } from "./records.ts";
import { logIn, logOut, canManage, findLoggedInPerson, safeNext } from "./session.ts";
import type { EmployerPage, SiteRequest } from "./site-request.ts";
import { registerWorkerPages } from "./worker-pages.ts";

const PAGE_SIZE = 50;

/** The MyLiantis site, where the employer's staff edit the data that the product receives. */
export function registerSite(app: FastifyInstance, world: World): void {
  registerLogIn(app, world);
  const employerPage: EmployerPage = (answer) => async (request, reply) => {
    const person = findLoggedInPerson(world, request);
    if (person === null)
      return reply.redirect(`/my/login?${new URLSearchParams({ next: request.url }).toString()}`, 303);
    const employer = world.employers.get(request.params.enterpriseNumber);
    if (employer === undefined || !canManage(person, employer)) {
      const page = renderRefusal(
        person,
        "Only a main user or an accountant of this employer can see its workers.",
      );
      return reply.code(403).type("text/html").send(page);
    }
    return answer({ request, reply, person, employer });
  };
  registerEmployerPages(app, world, employerPage);
  registerWorkerPages(app, world, employerPage);
}

function registerLogIn(app: FastifyInstance, world: World): void {
  const page = (next: string, failed: boolean) =>
    renderLogIn({
      action: `/my/login?${new URLSearchParams({ next }).toString()}`,
      heading: "Log in to MyLiantis",
      hints: [...world.people.values()].filter((person) =>
        Object.values(person.roles).some((role) => role !== "user"),
      ),
      failed,
    });
  app.get("/my/login", async (request: SiteRequest, reply) =>
    reply.type("text/html").send(page(safeNext(request.query["next"]), false)),
  );
  app.post("/my/login", async (request: SiteRequest, reply) => {
    const next = safeNext(request.query["next"]);
    const { username = "", password = "" } = request.body ?? {};
    const person = world.people.get(username.trim());
    if (person?.password !== password) return reply.code(401).type("text/html").send(page(next, true));
    logIn(reply, person);
    return reply.redirect(next, 303);
  });
  app.post("/my/logout", async (_request, reply) => {
    logOut(reply);
    return reply.redirect("/my/login", 303);
  });
}

function registerEmployerPages(app: FastifyInstance, world: World, employerPage: EmployerPage): void {
  app.get("/my", async (request: SiteRequest, reply) => {
    const person = findLoggedInPerson(world, request);
    if (person === null) return reply.redirect("/my/login", 303);
    const employers = [...world.employers.values()].filter((employer) => canManage(person, employer));
    return reply.type("text/html").send(renderEmployers({ person }, employers));
  });
  const workers = "/my/employers/:enterpriseNumber/workers";
  app.get(
    workers,
    employerPage(({ request, reply, person, employer }) => {
      const { q: query = "", after: firstAfter = "", done } = request.query;
      const found = search(world, employer, { query: query.trim(), firstAfter });
      const content = { employer, query, ...found, total: employer.visibleCount(world.clock.today()) };
      return reply.type("text/html").send(renderWorkers({ person, notice: done }, content));
    }),
  );
  app.get(
    `${workers}/new`,
    employerPage(({ reply, person, employer }) =>
      reply.type("text/html").send(renderNewWorker({ person, employer }, employer)),
    ),
  );
  app.post(
    `${workers}/new`,
    employerPage(({ request, reply, employer }) => {
      const workerId = employer.newWorkerId();
      const values = formValues(WORKER_FIELDS, request.body ?? {});
      employer.putWorker(workerId, { workerId, ...values, wageContracts: [] });
      world.markChanged();
      return reply.redirect(`${addressOf(employer, workerId)}?done=Worker+added.`, 303);
    }),
  );
  app.post(
    "/my/employers/:enterpriseNumber/consent/revoke",
    employerPage(({ reply, employer }) => {
      world.setConsent(employer, "revoked");
      return reply.redirect(`${addressOf(employer)}?done=Consent+revoked.`, 303);
    }),
  );
}

function search(
  world: World,
  employer: Employer,
  { query, firstAfter }: { query: string; firstAfter: string },
) {
  const wanted = query.toLowerCase();
  const today = world.clock.today();
  const workers: Fields[] = [];
  let after = firstAfter;
  for (;;) {
    const { ids, more } = employer.visibleAfter(after, PAGE_SIZE, today);
    for (const id of ids) {
      const worker = { ...fieldsOf(employer.worker(id)), workerId: id };
      if (!isMatch(worker, wanted)) continue;
      if (workers.length === PAGE_SIZE) return { workers, after: textOf(workers.at(-1)?.["workerId"]) };
      workers.push(worker);
    }
    if (!more) return { workers, after: null };
    after = ids.at(-1) ?? after;
  }
}

function isMatch(worker: Fields, wanted: string): boolean {
  if (wanted === "") return true;
  const texts = [
    nameOf(worker),
    textOf(worker["email"]),
    textOf(worker["employeeNumber"]),
    textOf(worker["workerId"]),
  ];
  return texts.some((text) => text.toLowerCase().includes(wanted));
}
