import type { FastifyInstance, FastifyReply } from "fastify";
import type { Employer } from "../state/employer.ts";
import type { World } from "../state/world.ts";
import { CONTRACT_FIELDS, formValues, WORKER_FIELDS } from "./fields.ts";
import { addressOf, renderRefusal, renderWorker } from "./pages.ts";
import { type Fields, fieldsOf, withContract, withNewContract, withoutContract } from "./records.ts";
import type { EmployerPage, Form, SiteRequest } from "./site-request.ts";

type Change = (worker: Fields, sent: { form: Form; contractId: string }) => Fields;

/** The pages of one worker. The product links to their addresses. */
export function registerWorkerPages(app: FastifyInstance, world: World, employerPage: EmployerPage): void {
  const one = "/my/employers/:enterpriseNumber/workers/:workerId";

  app.get(
    one,
    employerPage(({ request, reply, person, employer }) => {
      const { workerId } = request.params;
      const raw = employer.worker(workerId);
      if (raw === undefined) {
        return reply
          .code(404)
          .type("text/html")
          .send(renderRefusal(person, "This worker does not exist or was removed."));
      }
      const worker = { ...fieldsOf(raw), workerId };
      return reply
        .type("text/html")
        .send(renderWorker({ person, notice: request.query["done"] }, employer, worker));
    }),
  );

  const onPost = (url: string, done: string, change: Change) =>
    app.post(
      url,
      employerPage(({ request, reply, employer }) => save(world, { request, reply, employer, change, done })),
    );
  onPost(one, "Saved.", (worker, { form }) => ({ ...worker, ...formValues(WORKER_FIELDS, form) }));
  onPost(`${one}/end`, "Employment ended.", (worker, { form }) => ({
    ...worker,
    employmentEndDate: form["employmentEndDate"] ?? null,
  }));
  onPost(`${one}/contracts`, "Contract added.", (worker, { form }) =>
    withNewContract(worker, formValues(CONTRACT_FIELDS, form)),
  );
  onPost(`${one}/contracts/:contractId`, "Contract saved.", (worker, { form, contractId }) =>
    withContract(worker, contractId, formValues(CONTRACT_FIELDS, form)),
  );
  onPost(`${one}/contracts/:contractId/remove`, "Contract removed.", (worker, { contractId }) =>
    withoutContract(worker, contractId),
  );

  app.post(
    `${one}/remove`,
    employerPage(({ request, reply, employer }) => {
      employer.removeWorker(request.params.workerId);
      world.markChanged();
      return reply.redirect(`${addressOf(employer)}?done=Worker+removed.`, 303);
    }),
  );
}

interface Saving {
  readonly request: SiteRequest;
  readonly reply: FastifyReply;
  readonly employer: Employer;
  readonly change: Change;
  readonly done: string;
}

function save(world: World, { request, reply, employer, change, done }: Saving): FastifyReply {
  const { workerId, contractId } = request.params;
  const raw = employer.worker(workerId);
  if (raw === undefined) return reply.redirect(addressOf(employer), 303);
  employer.putWorker(workerId, change(fieldsOf(raw), { form: request.body ?? {}, contractId }));
  world.markChanged();
  return reply.redirect(`${addressOf(employer, workerId)}?${new URLSearchParams({ done }).toString()}`, 303);
}
