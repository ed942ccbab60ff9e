import { randomUUID } from "node:crypto";
import { pipeline } from "node:stream/promises";
import { Readable } from "node:stream";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { Agent, request } from "undici";
import { diffContracts, diffEmployees, stagingTables } from "./floor-tables.ts";
import { pageSize, type Tenant } from "./messages.ts";
import { measureSide } from "./side.ts";

const languages: Record<string, string> = { F: "fr", E: "en" };

/**
 * The floor: the least work of any sync of this kind. Each page is fetched and parsed while the one before is copied to temporary
 * tables; then one statement per table finds the differences, and writes them with their audit rows. One transaction, without
 * checks, links, a plan, or a checkpoint for a restart.
 */
await measureSide(({ databaseUrl, providerUrl }) => {
  const agent = new Agent({ connections: 2 });
  const client = new pg.Client({ connectionString: databaseUrl });
  const connected = client.connect();
  return {
    prepare: async () => {
      await connected;
      return randomUUID();
    },
    run: (tenant, runId) => syncPlainly(agent, client, { providerUrl, tenant, runId }),
    close: async () => {
      await agent.close();
      await client.end();
    },
  };
});

interface PlainRun {
  providerUrl: string;
  tenant: Tenant;
  runId: string;
}

interface PlainPage {
  items: PlainWorker[];
  nextCursor: string | null;
}

type Text = string | null;

interface PlainWorker {
  workerId: string;
  employeeNumber: Text;
  firstName: Text;
  lastName: Text;
  email: Text;
  language: Text;
  employmentStartDate: Text;
  wageContracts: PlainContract[];
}

interface PlainContract {
  contractId: string;
  statute: Text;
  wageType: Text;
  grossAmount: Text;
  startDate: Text;
  endDate: Text;
  weeklyHours: Text;
  referenceWeeklyHours: Text;
  workRegimePercentage: Text;
  employerSocialSecurityPercentage: Text;
  jointCommittee: Text;
}

async function syncPlainly(
  agent: Agent,
  client: pg.Client,
  { providerUrl, tenant, runId }: PlainRun,
): Promise<void> {
  const fetchPage = async (cursor: string | null): Promise<PlainPage> => {
    const query = cursor === null ? "" : `&cursor=${cursor}`;
    const url = `${providerUrl}/v1/employers/${tenant.enterpriseNumber}/workers?limit=${pageSize}${query}`;
    const answer = await request(url, { dispatcher: agent, headers: { authorization: "Bearer partner" } });
    return (await answer.body.json()) as PlainPage;
  };
  let expected: Promise<PlainPage> | null = fetchPage(null);
  await client.query("begin");
  await client.query(stagingTables);
  while (expected) {
    const page: PlainPage = await expected;
    expected = page.nextCursor === null ? null : fetchPage(page.nextCursor);
    await copy(client, "next_employees", page.items.map(employeeLine).join(""));
    await copy(client, "next_contracts", page.items.map(contractLines).join(""));
  }
  await client.query("analyze next_employees, next_contracts");
  const about = [tenant.customerId, tenant.entityId, runId, new Date().toISOString()];
  const { rowCount } = await client.query(diffEmployees, about);
  await client.query(diffContracts, [...about, rowCount]);
  await client.query("commit");
}

async function copy(client: pg.Client, table: string, lines: string): Promise<void> {
  await pipeline(Readable.from([Buffer.from(lines)]), client.query(copyFrom(`copy ${table} from stdin`)));
}

function employeeLine(worker: PlainWorker): string {
  const { workerId, email, firstName, lastName, employeeNumber } = worker;
  return line([
    employeeId(workerId),
    workerId,
    email,
    firstName,
    lastName,
    `${firstName ?? ""} ${lastName ?? ""} ${email ?? ""} ${employeeNumber ?? ""}`.toLowerCase(),
    languages[worker.language ?? ""] ?? "nl",
    worker.employmentStartDate,
    employeeNumber,
    worker.wageContracts.at(-1)?.contractId ?? null,
  ]);
}

function contractLines({ workerId, wageContracts }: PlainWorker): string {
  const id = employeeId(workerId);
  return wageContracts
    .map((contract) =>
      line([
        id,
        workerId,
        contract.contractId,
        contract.statute,
        contract.wageType,
        contract.grossAmount,
        contract.startDate,
        contract.endDate,
        contract.weeklyHours,
        contract.referenceWeeklyHours,
        contract.workRegimePercentage,
        contract.employerSocialSecurityPercentage,
        contract.jointCommittee,
      ]),
    )
    .join("");
}

/** The floor has no look-up: the id is made from the worker's own number. */
function employeeId(workerId: string): string {
  return `00000000-0000-7000-8000-${workerId.slice(2).padStart(12, "0")}`;
}

/** The invented values contain neither tabs nor backslashes. */
function line(values: Text[]): string {
  return `${values.map((value) => value ?? "\\N").join("\t")}\n`;
}
