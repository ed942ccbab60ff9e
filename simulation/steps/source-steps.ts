import type { Chance } from "../model/chance.ts";
import type { ModelEmployer } from "../model/liantis.ts";
import {
  newContract,
  newWorker,
  scaled,
  shiftDate,
  type WireContract,
  type WireWorker,
} from "../model/people.ts";
import type { StepKind } from "./steps.ts";
import type { ModelEntity, World } from "../model/world.ts";

/** A change of a record at Liantis. */
type SourceStep = (context: StepContext) => void;

interface StepContext {
  world: World;
  chance: Chance;
  entity: ModelEntity;
  employer: ModelEmployer;
  /** A worker who is listed now. */
  worker: WireWorker;
  contract: WireContract;
  today: string;
}

/** @returns whether the step is one of these */
export function happenAtLiantis(world: World, kind: StepKind, chance: Chance, entity?: ModelEntity): boolean {
  const step = sourceSteps[kind];
  if (step === undefined) return false;
  const place = entity ?? chance.pick(world.entities);
  const { employer } = place;
  const workers = [...employer.workers.values()];
  const today = world.clock.today();
  const worker = workers.length === 0 ? hire(world, chance, employer) : chance.pick(workers);
  if (worker.wageContracts.length === 0)
    worker.wageContracts.push(newContract(chance, `c-${world.nextMark()}`, today));
  step({
    world,
    chance,
    entity: place,
    employer,
    worker,
    contract: chance.pick(worker.wageContracts),
    today,
  });
  return true;
}

function hire(world: World, chance: Chance, employer: ModelEmployer): WireWorker {
  const worker = newWorker(chance, world.nextMark(), world.clock.today());
  employer.workers.set(worker.workerId, worker);
  return worker;
}

function colleague({ employer, worker, chance }: StepContext): WireWorker {
  const others = [...employer.workers.values()].filter((one) => one !== worker);
  return others.length === 0 ? worker : chance.pick(others);
}

const left = new WeakMap<ModelEmployer, WireWorker[]>();

function leave({ employer, worker }: StepContext): void {
  employer.workers.delete(worker.workerId);
  left.set(employer, [...(left.get(employer) ?? []), worker]);
}

const sourceSteps: Partial<Record<StepKind, SourceStep>> = {
  hire: ({ world, chance, employer }) => {
    hire(world, chance, employer);
  },
  leave,
  return: ({ employer, chance }) => {
    const gone = left.get(employer) ?? [];
    if (gone.length === 0) return;
    const back = chance.pick(gone);
    employer.workers.set(back.workerId, back);
  },
  rehire: ({ world, chance, employer, worker, today }) => {
    const again = newWorker(chance, world.nextMark(), today);
    const { email, firstName, lastName, employeeNumber } = worker;
    employer.workers.delete(worker.workerId);
    employer.workers.set(again.workerId, { ...again, email, firstName, lastName, employeeNumber });
  },
  move_to_other_entity: ({ world, chance, entity, employer, worker, today }) => {
    const others = world.entities.filter((one) => one.customerId === entity.customerId && one !== entity);
    if (others.length === 0) return;
    const target = chance.pick(others).employer;
    const moved = newWorker(chance, world.nextMark(), today);
    const { email, firstName, lastName } = worker;
    employer.workers.delete(worker.workerId);
    target.workers.set(moved.workerId, { ...moved, email, firstName, lastName });
  },
  change_name: ({ worker, chance, world }) => {
    worker[chance.pick(["firstName", "lastName"])] = `Née ${world.nextMark()}`;
  },
  change_email: ({ worker, world, chance }) => {
    const email = `${world.nextMark()}@firm.example`;
    worker["email"] = chance.pick([
      email,
      ` ${email.toUpperCase()} `,
      `${email.slice(0, 6)}+x${email.slice(6)}`,
    ]);
  },
  swap_emails: (context) => {
    const { worker } = context;
    const other = colleague(context);
    [worker["email"], other["email"]] = [other["email"], worker["email"]];
  },
  share_email: (context) => {
    context.worker["email"] = colleague(context)["email"];
  },
  take_free_email: (context) => {
    const other = colleague(context);
    context.worker["email"] = other["email"];
    if (other !== context.worker) other["email"] = `${context.world.nextMark()}@firm.example`;
  },
  change_number: ({ worker, world }) => {
    worker["employeeNumber"] = `n${world.nextMark()}`;
  },
  share_number: (context) => {
    context.worker["employeeNumber"] = colleague(context)["employeeNumber"];
  },
  change_language: ({ worker, chance }) => {
    worker["language"] = chance.pick(["N", "F", "E", "D", null]);
  },
  raise_wage: ({ contract, chance }) => {
    contract["grossAmount"] = scaled(amountOf(contract), 101 + chance.below(8));
  },
  jump_wage: ({ contract, chance }) => {
    contract["grossAmount"] = scaled(amountOf(contract), chance.pick([10, 50, 66, 151, 200, 1000]));
  },
  change_wage_of_past: ({ worker, today, chance }) => {
    const past = worker.wageContracts.find(
      (one) => typeof one["endDate"] === "string" && one["endDate"] < today,
    );
    if (past) past["grossAmount"] = scaled(amountOf(past), 95 + chance.below(10));
  },
  change_hours: ({ contract, chance }) => {
    contract["weeklyHours"] = chance.pick(["38", "30.40", "19", "22.8", "35.25"]);
    contract["workRegimePercentage"] = chance.pick(["100", "80.00", "50.00", "60"]);
  },
  flip_wage_type: ({ contract }) => {
    const hourly = contract["wageType"] === "HOURLY";
    Object.assign(
      contract,
      hourly
        ? { wageType: "MONTHLY", grossAmount: "2987.55" }
        : { wageType: "HOURLY", grossAmount: "18.4375" },
    );
  },
  split_contract: ({ world, worker, contract, today, chance }) => {
    if (contract["endDate"] !== null) return;
    contract["endDate"] = shiftDate(today, -1);
    const next = {
      ...structuredClone(contract),
      contractId: `c-${world.nextMark()}`,
      startDate: today,
      endDate: null,
    };
    worker.wageContracts.push({ ...next, grossAmount: scaled(amountOf(contract), 100 + chance.below(6)) });
  },
  end_contract: ({ contract, today, chance }) => {
    contract["endDate"] = shiftDate(today, chance.below(6) - 2);
  },
  reopen_contract: (context) => {
    for (const one of endingContracts(context)) one["endDate"] = null;
  },
  blank_end: (context) => {
    for (const one of endingContracts(context)) {
      if (context.chance.happens(0.5)) one["endDate"] = context.chance.pick(["soon", "", "2026-02-30"]);
      else delete one["endDate"];
    }
  },
  plan_contract: ({ world, worker, chance, today }) => {
    worker.wageContracts.push(
      newContract(chance, `c-${world.nextMark()}`, shiftDate(today, 1 + chance.below(3))),
    );
  },
  delete_contract: ({ worker, contract }) => {
    worker.wageContracts = worker.wageContracts.filter((one) => one !== contract);
  },
  second_contract: ({ world, worker, chance, contract, today }) => {
    const twin = chance.happens(0.3);
    const contractId = `c-${world.nextMark()}`;
    const second = newContract(chance, contractId, shiftDate(today, -10));
    worker.wageContracts.push(twin ? { ...structuredClone(contract), contractId } : second);
  },
  break_field: breakField,
  mend_person: ({ employer, worker, world, chance }) => {
    mend(worker, world, chance);
    employer.workers.set(worker.workerId, worker);
  },
  many_leave: (context) => {
    const leaving = Array.from(context.employer.workers.values()).filter(() => context.chance.happens(0.6));
    for (const worker of leaving) leave({ ...context, worker });
  },
  others_are_listed: (context) => {
    for (const worker of context.employer.workers.values()) leave({ ...context, worker });
    for (let newcomers = 1 + context.chance.below(3); newcomers > 0; newcomers -= 1)
      hire(context.world, context.chance, context.employer);
  },
  revoke_consent: ({ employer }) => {
    employer.consent = "revoked";
  },
  grant_consent: ({ employer }) => {
    employer.consent = "granted";
  },
};

/** The contracts of the employer that have an end date. */
function endingContracts({ employer }: StepContext): WireContract[] {
  return [...employer.workers.values()]
    .flatMap((worker) => worker.wageContracts)
    .filter((one) => typeof one["endDate"] === "string");
}

function amountOf(contract: WireContract): string {
  const { grossAmount } = { grossAmount: null, ...contract };
  return typeof grossAmount === "string" && /^\d+(\.\d+)?$/.test(grossAmount) ? grossAmount : "2500.00";
}

/** Mistakes in the records at Liantis: two fields of one person are missing or impossible. */
function breakField({ worker, contract, chance }: StepContext): void {
  const slips: [Record<string, unknown>, string, unknown[]][] = [
    [worker, "email", [null, "", "no address", "a@b", undefined, 7]],
    [worker, "firstName", [null, " ", 3]],
    [worker, "lastName", [null, ""]],
    [worker, "employmentStartDate", [null, "0203-05-01", "1 March", 20]],
    [worker, "employeeNumber", [null, ""]],
    [worker, "language", ["D", null, 4]],
    [contract, "grossAmount", [null, "-5.00", "12,50", 3000, "0.00"]],
    [contract, "wageType", [null, "DAILY", 1]],
    [contract, "statute", [null, "APPRENTICE"]],
    [contract, "weeklyHours", [null, "0", "200", 38]],
    [contract, "workRegimePercentage", [null, "0", "105.00", "120", "1500", "x"]],
    [contract, "employerSocialSecurityPercentage", [null, "0", "0.27", "-3", "75", "2717"]],
    [contract, "startDate", [null, "2026-02-30"]],
    [contract, "endDate", ["1999-01-01", "soon", "", undefined]],
  ];
  for (const [record, field, values] of chance.shuffled(slips).slice(0, 2)) {
    const value = chance.pick(values);
    if (value === undefined) delete record[field];
    else record[field] = value;
    // A wage was changed and its unit was forgotten.
    if (field === "wageType") contract["grossAmount"] = scaled(amountOf(contract), 103);
  }
}

/** Repairs every field that a mistake may have broken. */
export function mend(worker: WireWorker, world: World, chance: Chance): void {
  const good = newWorker(chance, world.nextMark(), world.clock.today());
  for (const field of ["email", "firstName", "lastName", "employmentStartDate", "employeeNumber", "language"])
    worker[field] = good[field];
  const [contract] = good.wageContracts;
  worker.wageContracts = worker.wageContracts
    .slice(0, 1)
    .map((one) => ({ ...contract, contractId: one.contractId }));
}
