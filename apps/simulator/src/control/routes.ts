import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { faultRequestSchema } from "../faults/fault-kind.ts";
import { FAULT_KINDS } from "../faults/kinds.ts";
import type { Control } from "./control.ts";
import { newEmployerSchema, personSchema, signInAccountSchema } from "./control.ts";

type EmployerRoute = { Params: { enterpriseNumber: string } };
type WorkerRoute = { Params: { enterpriseNumber: string; workerId: string } };

const fieldsSchema = z.record(z.string(), z.unknown());
const consentSchema = z.strictObject({ status: z.enum(["none", "granted", "revoked"]) });
const clockSchema = z.union([
  z.strictObject({ now: z.iso.datetime({ offset: true }) }),
  z.strictObject({ advanceSeconds: z.number() }),
]);
const clientsSchema = z.strictObject({
  redirectUris: z.array(z.url()).optional(),
  signInRedirectUris: z.array(z.url()).optional(),
});

/** The control API over HTTP, without authentication. */
export function registerControl(app: FastifyInstance, control: Control): void {
  registerEmployers(app, control);
  registerWorkers(app, control);
  registerPeople(app, control);
  registerFaults(app, control);

  app.get("/_sim/clock", async () => ({ now: control.now() }));
  app.post("/_sim/clock", async (request) => {
    const wanted = clockSchema.parse(request.body);
    if ("now" in wanted) control.setClock(wanted.now);
    else control.advanceClock(wanted.advanceSeconds);
    return { now: control.now() };
  });
  app.get("/_sim/requests", async () => ({ items: control.requests() }));
  app.delete("/_sim/requests", async (_request, reply) => {
    control.clearRequests();
    return reply.code(204).send();
  });
  app.post("/_sim/reset", async (_request, reply) => {
    control.reset();
    return reply.code(204).send();
  });
}

function registerEmployers(app: FastifyInstance, control: Control): void {
  app.post("/_sim/employers", async (request, reply) => {
    const created = control.createEmployer(newEmployerSchema.parse(request.body));
    return reply.code(201).send(created);
  });
  app.get<EmployerRoute>("/_sim/employers/:enterpriseNumber", async ({ params }) =>
    control.employer(params.enterpriseNumber),
  );
  app.post<EmployerRoute>("/_sim/employers/:enterpriseNumber/consent", async ({ params, body }) =>
    control.setConsent(params.enterpriseNumber, consentSchema.parse(body).status),
  );
}

function registerWorkers(app: FastifyInstance, control: Control): void {
  const all = "/_sim/employers/:enterpriseNumber/workers";
  const one = `${all}/:workerId`;
  app.get<EmployerRoute>(all, async ({ params }) => ({
    workerIds: control.workerIds(params.enterpriseNumber),
  }));
  app.post<EmployerRoute>(all, async ({ params, body }, reply) => {
    const workerId = control.addWorker(params.enterpriseNumber, fieldsSchema.parse(body));
    return reply.code(201).send({ workerId });
  });
  app.get<WorkerRoute>(one, async ({ params }, reply) =>
    reply
      .type("application/json")
      .send(JSON.stringify(control.worker(params.enterpriseNumber, params.workerId))),
  );
  app.put<WorkerRoute>(one, async ({ params, body }, reply) => {
    control.putWorker(params.enterpriseNumber, params.workerId, body);
    return reply.code(204).send();
  });
  app.patch<WorkerRoute>(one, async ({ params, body }) =>
    control.patchWorker(params.enterpriseNumber, params.workerId, fieldsSchema.parse(body)),
  );
  app.delete<WorkerRoute>(one, async ({ params }, reply) => {
    control.removeWorker(params.enterpriseNumber, params.workerId);
    return reply.code(204).send();
  });
}

function registerPeople(app: FastifyInstance, control: Control): void {
  app.post("/_sim/people", async (request, reply) => {
    control.addPerson(personSchema.parse(request.body));
    return reply.code(204).send();
  });
  app.put("/_sim/sign-in-accounts", async (request, reply) => {
    control.setSignInAccounts(z.array(signInAccountSchema).parse(request.body));
    return reply.code(204).send();
  });
  app.put("/_sim/clients", async (request, reply) => {
    const { redirectUris, signInRedirectUris } = clientsSchema.parse(request.body);
    control.setRedirectUris({ consent: redirectUris, signIn: signInRedirectUris });
    return reply.code(204).send();
  });
}

function registerFaults(app: FastifyInstance, control: Control): void {
  app.get("/_sim/faults/kinds", async () => ({
    items: FAULT_KINDS.map(({ kind, reach, description, pages }) => ({
      kind,
      reach,
      description,
      pages: pages ?? "all",
    })),
  }));
  app.get("/_sim/faults", async () => ({ items: control.armedFaults() }));
  app.post("/_sim/faults", async (request, reply) =>
    reply.code(201).send(control.armFault(faultRequestSchema.parse(request.body))),
  );
  app.delete("/_sim/faults", async (_request, reply) => {
    control.clearFaults();
    return reply.code(204).send();
  });
  app.delete<{ Params: { id: string } }>("/_sim/faults/:id", async ({ params }, reply) => {
    control.clearFaults(Number(params.id));
    return reply.code(204).send();
  });
}
