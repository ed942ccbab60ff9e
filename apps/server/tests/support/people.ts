import assert from "node:assert/strict";
import { eventCodes } from "../../src/domain/catalogue/issue-catalogue.ts";
import { newId } from "../../src/postgres/ids.ts";
import type { ConnectedEntity } from "./connected-entity.ts";

/** A worker at Liantis with nothing to put right; `fields` replaces what a test is about. */
export function addWorker(
  connected: ConnectedEntity,
  firstName: string,
  fields: Record<string, unknown> = {},
): string {
  const { control } = connected.simulator;
  const workerId = control.addWorker(connected.number, {
    firstName,
    lastName: "Peeters",
    email: `${firstName.toLowerCase()}@fietsen.example`,
    language: "N",
    employmentStartDate: "2024-05-01",
    employeeNumber: `N-${firstName}`,
  });
  const wageContracts = [contractFields(`${workerId}-1`)];
  control.patchWorker(connected.number, workerId, { wageContracts, ...fields });
  return workerId;
}

export function contractFields(
  contractId: string,
  fields: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    contractId,
    statute: "WHITE_COLLAR",
    wageType: "MONTHLY",
    grossAmount: "3000.00",
    startDate: "2024-05-01",
    endDate: null,
    weeklyHours: "38.00",
    referenceWeeklyHours: "38.00",
    workRegimePercentage: "100.00",
    employerSocialSecurityPercentage: "27.17",
    jointCommittee: "200",
    ...fields,
  };
}

export interface Person {
  employee_id: string;
  account_id: string;
  email: string;
  first_name: string;
  last_name: string;
  language: string;
  employee_number: string | null;
  start_date: string;
  current_contract_id: string | null;
  deactivated: boolean;
  row_version: number;
  worker_id: string | null;
  sign_in: string;
}

const personQuery = `
  select e.employee_id, e.account_id, e.email, e.first_name, e.last_name, e.language, e.employee_number, e.start_date::text, e.current_contract_id,
         e.deactivated_at is not null as deactivated, e.row_version, l.worker_id, a.email as sign_in
  from employees e join accounts a on a.account_id = e.account_id left join links l on l.employee_id = e.employee_id`;

export async function personOf(connected: ConnectedEntity, workerId: string): Promise<Person> {
  const [person] = await connected.rows<Person>(`${personQuery} where l.worker_id = $1`, [workerId]);
  assert.ok(person, `${workerId} is linked to nobody`);
  return person;
}

export async function employee(connected: ConnectedEntity, employeeId: string): Promise<Person> {
  const [person] = await connected.rows<Person>(`${personQuery} where e.employee_id = $1`, [employeeId]);
  assert.ok(person);
  return person;
}

/** An employee who was entered by hand before Liantis came, with a sign-in of their own. */
export async function enterByHand(
  connected: ConnectedEntity,
  person: { email: string; firstName: string; lastName: string; customerId?: string; entityId?: string },
): Promise<string> {
  const {
    email,
    firstName,
    lastName,
    customerId = connected.scope.customerId,
    entityId = connected.entityId,
  } = person;
  const [employeeId, accountId] = [newId(), newId()];
  await connected.rows(
    "insert into accounts (account_id, email, customer_id, language, created_at) values ($1, $2, $3, 'fr', now())",
    [accountId, email, customerId],
  );
  await connected.rows(
    `insert into employees (customer_id, employee_id, entity_id, account_id, email, first_name, last_name, search_text, language,
       start_date, created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $7, '', 'fr', '2020-01-01', now(), now())`,
    [customerId, employeeId, entityId, accountId, email, firstName, lastName],
  );
  return employeeId;
}

export interface OpenIssue {
  code: string;
  worker_id: string;
  params: Record<string, string>;
}

export async function openIssues(connected: ConnectedEntity): Promise<OpenIssue[]> {
  return await connected.rows<OpenIssue>(
    "select code, worker_id, params from issues where status = 'open' order by worker_id, code",
  );
}

/** Code and worker of every open issue, without events. */
export async function openCodes(connected: ConnectedEntity): Promise<[string, string][]> {
  const issues = await openIssues(connected);
  return issues
    .filter((issue) => !eventCodes.includes(issue.code))
    .map((issue) => [issue.code, issue.worker_id]);
}
