import { z } from "zod";
import type { ArmedFault, ArmedFaults, ArmOutcome } from "../faults/armed.ts";
import type { FaultRequest } from "../faults/fault-kind.ts";
import { isEnterpriseNumber } from "../generate/enterprise-number.ts";
import type { LoggedRequest, RequestLog } from "../partner/request-log.ts";
import type { PartnerTokens } from "../partner/tokens.ts";
import { type Consent, type Employer, type RawWorker } from "../state/employer.ts";
import { DEFAULT_PASSWORD } from "../state/people.ts";
import type { World } from "../state/world.ts";

export const newEmployerSchema = z.strictObject({
  enterpriseNumber: z
    .string()
    .refine(isEnterpriseNumber, "must be ten digits with right check digits")
    .optional(),
  name: z.string().min(1),
  workers: z.number().int().min(0).max(1_000_000).default(25),
  seed: z.union([z.string(), z.number()]).transform(String).optional(),
  missingEmailShare: z.number().min(0).max(1).default(0.02),
  /** False: Liantis knows the employer, but it does not have the integration. */
  available: z.boolean().default(true),
  consent: z.enum(["none", "granted", "revoked"]).default("none"),
  mainUser: z
    .strictObject({
      username: z.string().optional(),
      name: z.string(),
      email: z.string(),
      password: z.string().default(DEFAULT_PASSWORD),
    })
    .optional(),
});

export const personSchema = z.strictObject({
  username: z.string().min(1),
  password: z.string().default(DEFAULT_PASSWORD),
  name: z.string(),
  email: z.string(),
  roles: z.record(z.string(), z.enum(["main_user", "user", "accountant"])),
  hint: z.string().default(""),
});

export const signInAccountSchema = z.strictObject({
  email: z.string().toLowerCase(),
  password: z.string().default(DEFAULT_PASSWORD),
  name: z.string(),
  emailVerified: z.boolean().default(true),
});

/** An employer as the control API shows it. */
interface EmployerView {
  readonly enterpriseNumber: string;
  readonly name: string;
  readonly available: boolean;
  readonly consent: Consent;
  /** Includes the workers that the partner API no longer shows. */
  readonly workers: number;
  readonly generatedAsOf: string;
}

/** The control API without HTTP, for tests. A call with an unknown employer throws a `ControlError`. */
export interface Control {
  createEmployer(input: z.input<typeof newEmployerSchema>): EmployerView;
  employer(enterpriseNumber: string): EmployerView;
  setConsent(enterpriseNumber: string, status: Consent["status"]): EmployerView;
  /** The worker as stored; throws a `ControlError` if there is none. */
  worker(enterpriseNumber: string, workerId: string): RawWorker;
  /** The ids of all workers who are shown today, in the order of the listing. */
  workerIds(enterpriseNumber: string): string[];
  /** Stores any JSON value as this worker, malformed ones too. */
  putWorker(enterpriseNumber: string, workerId: string, raw: RawWorker): void;
  /** Replaces these fields of a worker; the other fields stay. */
  patchWorker(enterpriseNumber: string, workerId: string, fields: Record<string, unknown>): RawWorker;
  /** Adds a worker with a new id, or with `fields.workerId`, and returns the id. */
  addWorker(enterpriseNumber: string, fields: Record<string, unknown>): string;
  removeWorker(enterpriseNumber: string, workerId: string): void;
  addPerson(input: z.input<typeof personSchema>): void;
  setSignInAccounts(inputs: readonly z.input<typeof signInAccountSchema>[]): void;
  setRedirectUris(uris: {
    consent?: readonly string[] | undefined;
    signIn?: readonly string[] | undefined;
  }): void;
  now(): string;
  setClock(instant: string): void;
  advanceClock(seconds: number): void;
  armFault(request: FaultRequest): ArmedFault;
  armedFaults(): readonly ArmedFault[];
  clearFaults(id?: number): void;
  requests(): readonly LoggedRequest[];
  clearRequests(): void;
  reset(): void;
}

/** A control call that failed; `status` is what the HTTP control API answers. */
export class ControlError extends Error {
  readonly status: 400 | 404 | 409;

  constructor(status: 400 | 404 | 409, message: string) {
    super(message);
    this.status = status;
  }
}

export interface ControlParts {
  readonly world: World;
  readonly faults: ArmedFaults;
  readonly log: RequestLog;
  readonly tokens: PartnerTokens;
}

export function createControl(parts: ControlParts): Control {
  const { world, faults, log, tokens } = parts;
  return {
    ...employerControl(world),
    ...workerControl(world),
    ...peopleControl(world),
    now: () => world.clock.nowText(),
    setClock: (instant) => {
      world.clock.setTo(instant);
      world.markChanged();
    },
    advanceClock: (seconds) => {
      world.clock.advance(seconds);
      world.markChanged();
    },
    armFault: (request) => armedOrThrow(faults.arm(request), request),
    armedFaults: () => faults.list(),
    clearFaults: (id) => faults.clear(id),
    requests: () => log.list(),
    clearRequests: () => log.clear(),
    reset: () => {
      world.reset();
      faults.clear();
      log.clear();
      tokens.forgetAll();
    },
  };
}

function armedOrThrow(outcome: ArmOutcome, request: FaultRequest): ArmedFault {
  if (outcome.kind === "armed") return outcome.fault;
  throw new ControlError(400, `There is no fault kind ${request.kind}; GET /_sim/faults/kinds lists them.`);
}

function employerControl(world: World) {
  return {
    createEmployer: (input: z.input<typeof newEmployerSchema>) => {
      const wanted = newEmployerSchema.parse(input);
      if (wanted.enterpriseNumber !== undefined && world.employers.has(wanted.enterpriseNumber)) {
        throw new ControlError(409, `Employer ${wanted.enterpriseNumber} exists already.`);
      }
      const employer = world.createEmployer(wanted);
      if (wanted.consent !== "none") world.setConsent(employer, wanted.consent);
      const { mainUser } = wanted;
      if (mainUser !== undefined) {
        const username = mainUser.username ?? mainUser.email;
        const roles = { [employer.enterpriseNumber]: "main_user" as const };
        world.people.set(username, { ...mainUser, username, roles, hint: `main user of ${employer.name}` });
      }
      return employerView(employer);
    },
    employer: (enterpriseNumber: string) => employerView(requireEmployer(world, enterpriseNumber)),
    setConsent: (enterpriseNumber: string, status: Consent["status"]) => {
      const employer = requireEmployer(world, enterpriseNumber);
      world.setConsent(employer, status);
      return employerView(employer);
    },
  };
}

function workerControl(world: World) {
  const requireWorker = (enterpriseNumber: string, workerId: string): RawWorker => {
    const raw = requireEmployer(world, enterpriseNumber).worker(workerId);
    if (raw === undefined)
      throw new ControlError(404, `Employer ${enterpriseNumber} has no worker ${workerId}.`);
    return raw;
  };
  const putWorker = (enterpriseNumber: string, workerId: string, raw: RawWorker) => {
    requireEmployer(world, enterpriseNumber).putWorker(workerId, raw);
    world.markChanged();
  };
  return {
    worker: requireWorker,
    workerIds: (enterpriseNumber: string) =>
      requireEmployer(world, enterpriseNumber).visibleAfter("", Number.POSITIVE_INFINITY, world.clock.today())
        .ids,
    putWorker,
    patchWorker: (enterpriseNumber: string, workerId: string, fields: Record<string, unknown>) => {
      const patched: unknown = { ...Object(requireWorker(enterpriseNumber, workerId)), ...fields };
      putWorker(enterpriseNumber, workerId, patched);
      return patched;
    },
    addWorker: (enterpriseNumber: string, fields: Record<string, unknown>) => {
      const given = fields["workerId"];
      const workerId =
        typeof given === "string" ? given : requireEmployer(world, enterpriseNumber).newWorkerId();
      putWorker(enterpriseNumber, workerId, { wageContracts: [], ...fields, workerId });
      return workerId;
    },
    removeWorker: (enterpriseNumber: string, workerId: string) => {
      requireWorker(enterpriseNumber, workerId);
      requireEmployer(world, enterpriseNumber).removeWorker(workerId);
      world.markChanged();
    },
  };
}

function peopleControl(world: World) {
  return {
    addPerson: (input: z.input<typeof personSchema>) => {
      const person = personSchema.parse(input);
      world.people.set(person.username, person);
      world.markChanged();
    },
    setSignInAccounts: (inputs: readonly z.input<typeof signInAccountSchema>[]) => {
      world.signInAccounts.clear();
      for (const account of z.array(signInAccountSchema).parse(inputs)) {
        world.signInAccounts.set(account.email, account);
      }
      world.markChanged();
    },
    setRedirectUris: (uris: {
      consent?: readonly string[] | undefined;
      signIn?: readonly string[] | undefined;
    }) => {
      if (uris.consent !== undefined) world.redirectUris = [...uris.consent];
      if (uris.signIn !== undefined) world.signInRedirectUris = [...uris.signIn];
      world.markChanged();
    },
  };
}

function requireEmployer(world: World, enterpriseNumber: string): Employer {
  const employer = world.employers.get(enterpriseNumber);
  if (employer === undefined) throw new ControlError(404, `There is no employer ${enterpriseNumber}.`);
  return employer;
}

function employerView(employer: Employer): EmployerView {
  return {
    enterpriseNumber: employer.enterpriseNumber,
    name: employer.name,
    available: employer.available,
    consent: employer.consent,
    workers: employer.workerCount(),
    generatedAsOf: employer.generated.asOf,
  };
}
