import type { ActivationDeps } from "../connection/activation-deps.ts";
import { replaceCandidates } from "../connection/candidates.sql.ts";
import { type StoredConnection, lockConnection } from "../connection/connections.sql.ts";
import { problemOfFault } from "../connection/provider-problem.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import type { CandidateFields } from "../domain/plan/candidate.ts";
import { isLiantisFault } from "../liantis/faults.ts";
import type { WorkerPage } from "../liantis/liantis.ts";
import { seal, type SealedPlace } from "../postgres/sealing.ts";
import { tenantTransaction } from "../postgres/transaction.ts";

interface EmployerKey {
  customerId: string;
  enterpriseNumber: string;
}

type FetchDeps = Pick<ActivationDeps, "db" | "liantis" | "keyRing" | "now">;

const candidatesMs = 7 * 24 * 3_600_000;
const pageSize = 500;
/** As in a run: a listing that contradicts itself is read once more, and one whose cursor expires is started again. */
const listingsMax = 2;
const expiredCursorsMax = 3;

/** The connection as it was before the fetch. */
export interface CandidateSource extends EmployerKey, Pick<StoredConnection, "state" | "version"> {
  entityId: string;
}

/**
 * Fetches the whole listing and stores what the picker shows of it, sealed, for a week or until the choice is confirmed. The
 * listing must be complete by the rule of a run. Fetching takes a while: when the connection changed meanwhile (a confirmed
 * choice ends the list, another consent may be for another employer), nothing is stored.
 * @throws Problem LIANTIS_UNAVAILABLE (also for a listing that is not complete), WRONG_STATE when the connection changed or has
 *   no consent, INTERNAL
 */
export async function fetchCandidates(deps: FetchDeps, connection: CandidateSource): Promise<void> {
  const found = await readCompleteListing(deps, connection);
  const now = deps.now().getTime();
  const { customerId, entityId } = connection;
  const candidates = [...found].map(([workerId, fields]) => ({
    workerId,
    sealed: seal(deps.keyRing, candidatePlace(connection, workerId), JSON.stringify(fields)),
  }));
  const fetchedAt = new Date(now).toISOString();
  const expiresAt = new Date(now + candidatesMs).toISOString();
  await tenantTransaction(deps.db, { customerId, entityIds: [entityId] }, "app", async (trx) => {
    if (hasMoved(connection, await lockConnection(trx, customerId, entityId, fetchedAt)))
      throw new Problem("WRONG_STATE");
    await replaceCandidates(trx, connection, { candidates, fetchedAt, expiresAt, total: candidates.length });
  });
}

function hasMoved(before: CandidateSource, current: StoredConnection): boolean {
  return (
    current.version !== before.version ||
    current.state !== before.state ||
    current.enterpriseNumber !== before.enterpriseNumber
  );
}

export function candidatePlace(
  { customerId, entityId }: { customerId: string; entityId: string },
  workerId: string,
): SealedPlace {
  return { customerId, table: "candidates", column: "sealed", rowId: `${entityId}/${workerId}` };
}

async function readCompleteListing(
  deps: FetchDeps,
  employer: EmployerKey,
): Promise<Map<string, CandidateFields>> {
  let expired = 0;
  for (let listing = 1; listing <= listingsMax; ) {
    try {
      const found = await readListing(deps, employer);
      if (found !== null) return found;
      listing += 1;
    } catch (error) {
      if (!isLiantisFault(error, "CURSOR_EXPIRED") || expired === expiredCursorsMax)
        throw problemOfFault(error);
      expired += 1;
    }
  }
  throw new Problem("LIANTIS_UNAVAILABLE", { params: { reason: "listing_incomplete" } });
}

/** The workers of one listing; null when it contradicts itself. */
async function readListing(
  deps: FetchDeps,
  { customerId, enterpriseNumber }: EmployerKey,
): Promise<Map<string, CandidateFields> | null> {
  const found = new Map<string, CandidateFields>();
  let cursor: string | null = null;
  let total: number | null = null;
  let nameless = 0;
  for (let pages = 1; ; pages += 1) {
    const page: WorkerPage = await deps.liantis.fetchWorkerPage(enterpriseNumber, {
      cursor,
      limit: pageSize,
      caller: { customerId, urgent: true },
    });
    total ??= page.total;
    if (page.total !== total || pages > 3 * Math.ceil(total / pageSize) + 10) return null;
    nameless += collect(found, page);
    if (page.nextCursor === null) break;
    if (page.nextCursor === cursor) return null;
    cursor = page.nextCursor;
  }
  return found.size + nameless === total ? found : null;
}

/** @returns the number of workers on the page without a readable id */
function collect(found: Map<string, CandidateFields>, page: WorkerPage): number {
  let nameless = 0;
  for (const worker of page.workers) {
    if (worker.kind === "worker") {
      const { workerId, firstName, lastName, email, employeeNumber, startDate } = worker.record;
      found.set(workerId, { firstName, lastName, email, employeeNumber, startDate, unreadable: false });
    } else if (worker.workerId === null) nameless += 1;
    else if (!found.has(worker.workerId)) found.set(worker.workerId, { ...noFields, unreadable: true });
  }
  return nameless;
}

const noFields = { firstName: null, lastName: null, email: null, employeeNumber: null, startDate: null };
