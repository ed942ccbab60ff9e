import { randomUUID } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { InteractionResults, Provider } from "oidc-provider";
import type { ArmedFaults } from "../faults/armed.ts";
import type { Employer } from "../state/employer.ts";
import type { Person } from "../state/people.ts";
import type { World } from "../state/world.ts";
import { renderConsent, renderLogIn } from "./consent-pages.ts";
import type { ConsentGiven } from "./consent-provider.ts";

export interface ConsentJourneyParts {
  readonly provider: Provider;
  readonly world: World;
  readonly faults: ArmedFaults;
  readonly consents: Map<string, ConsentGiven>;
}

type Interaction = Awaited<ReturnType<Provider["interactionDetails"]>>;
const NOT_MAIN_USER: InteractionResults = {
  error: "not_main_user",
  error_description: "the person is not a main user of this employer",
};

type FormRequest = FastifyRequest<{ Params: { uid: string }; Body: Record<string, string> | undefined }>;

/** The log-in and consent pages between the redirect to Liantis and the redirect back. */
export function registerConsentJourney(app: FastifyInstance, parts: ConsentJourneyParts): void {
  const { provider, world } = parts;

  app.get<{ Params: { uid: string } }>("/consent/:uid", async (request, reply) => {
    const interaction = await provider.interactionDetails(request.raw, reply.raw);
    return reply.type("text/html").send(renderStep(parts, interaction));
  });

  app.post("/consent/:uid/login", async (request: FormRequest, reply) => {
    const { username = "", password = "" } = request.body ?? {};
    const interaction = await provider.interactionDetails(request.raw, reply.raw);
    const person = world.people.get(username.trim());
    if (person?.password !== password) {
      return reply
        .code(401)
        .type("text/html")
        .send(renderLogInStep(parts, interaction, { failed: true }));
    }
    const refusal = refusalFor(parts, person, requestedNumber(interaction));
    return finish(parts, { request, reply }, refusal ?? { login: { accountId: person.username } });
  });

  app.post("/consent/:uid/cancel", async (request: FormRequest, reply) =>
    finish(parts, { request, reply }, { error: "access_denied", error_description: "the person cancelled" }),
  );

  app.post("/consent/:uid/give", async (request: FormRequest, reply) => {
    const interaction = await provider.interactionDetails(request.raw, reply.raw);
    const result = await giveConsent(parts, interaction, request.body?.["enterpriseNumber"]);
    return finish(parts, { request, reply }, result);
  });
}

async function finish(
  { provider }: ConsentJourneyParts,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  result: InteractionResults,
): Promise<FastifyReply> {
  return reply.redirect(await provider.interactionResult(request.raw, reply.raw, result), 303);
}

function renderStep(parts: ConsentJourneyParts, interaction: Interaction): string {
  const person = findLoggedInPerson(parts, interaction);
  if (interaction.prompt.name === "login" || person === null)
    return renderLogInStep(parts, interaction, { failed: false });
  const requested = parts.world.employers.get(requestedNumber(interaction));
  if (requested === undefined) throw new Error("The employer was removed before the consent was given.");
  const choices = employerChoices(parts, person, requested);
  return renderConsent({ uid: interaction.uid, person, requested, choices, partner: "Payflip" });
}

function renderLogInStep(
  parts: ConsentJourneyParts,
  interaction: Interaction,
  { failed }: { failed: boolean },
): string {
  const requested = requestedNumber(interaction);
  return renderLogIn({
    action: `/consent/${interaction.uid}/login`,
    cancelAction: `/consent/${interaction.uid}/cancel`,
    heading: "Log in to MyLiantis",
    hints: [...parts.world.people.values()].filter((person) => person.roles[requested] !== undefined),
    failed,
  });
}

/** Null if the person may consent for the requested employer: a main user, or anyone while a fault is armed. */
function refusalFor(
  { faults }: ConsentJourneyParts,
  person: Person,
  requested: string,
): InteractionResults | null {
  if (person.roles[requested] === "main_user" || faults.takeFault("consent-without-role-check")) return null;
  return NOT_MAIN_USER;
}

/** The employers for which this person may consent, the requested one first. */
function employerChoices({ world }: ConsentJourneyParts, person: Person, requested: Employer): Employer[] {
  // A person who is not a main user reaches this page only with an armed fault.
  const isLenient = person.roles[requested.enterpriseNumber] !== "main_user";
  const others = [...world.employers.values()].filter((employer) => {
    const role = person.roles[employer.enterpriseNumber];
    return employer !== requested && (role === "main_user" || (isLenient && role === "accountant"));
  });
  return [requested, ...others];
}

async function giveConsent(
  parts: ConsentJourneyParts,
  interaction: Interaction,
  chosen: string | undefined,
): Promise<InteractionResults> {
  const armed = parts.faults.takeFault("authorization-error");
  if (armed) return { error: armed.error ?? "server_error", error_description: "armed by a test" };
  const person = findLoggedInPerson(parts, interaction);
  const requested = parts.world.employers.get(requestedNumber(interaction));
  if (person === null || requested === undefined) {
    return { error: "server_error", error_description: "the person or the employer was removed" };
  }
  const chosenNumber = chosen ?? requested.enterpriseNumber;
  const employer = employerChoices(parts, person, requested).find(
    (choice) => choice.enterpriseNumber === chosenNumber,
  );
  if (employer === undefined) return NOT_MAIN_USER;
  parts.world.setConsent(employer, "granted");
  const grantId = await saveGrant(parts.provider, interaction, person);
  parts.consents.set(grantId, {
    enterpriseNumber: employer.enterpriseNumber,
    consentId: employer.consent.consentId ?? randomUUID(),
    role: person.roles[employer.enterpriseNumber] ?? "user",
  });
  return { consent: { grantId } };
}

async function saveGrant(provider: Provider, interaction: Interaction, person: Person): Promise<string> {
  const grant = new provider.Grant({
    accountId: person.username,
    clientId: String(interaction.params["client_id"]),
  });
  grant.addOIDCScope(String(interaction.params["scope"]));
  return grant.save();
}

function findLoggedInPerson({ world }: ConsentJourneyParts, interaction: Interaction): Person | null {
  const username = interaction.session?.accountId;
  return username === undefined ? null : (world.people.get(username) ?? null);
}

function requestedNumber(interaction: Interaction): string {
  const requested = interaction.params["enterprise_number"];
  return typeof requested === "string" ? requested : "";
}
