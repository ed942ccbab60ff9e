import {
  type EmailAccount,
  findAccountsByEmail,
  type EmailHolder,
  findEmailHolders,
  loadTargets,
  findStagedPeople,
  type StagedPerson,
  statusOfEmail,
} from "../people/person-facts.sql.ts";
import type { StoredRun } from "../runs/runs.sql.ts";
import { findEmailsGivenUp } from "./email-swaps.sql.ts";
import { findUnlinkedPairs } from "../people/links/unlinked-pairs.sql.ts";
import { findHoldDecisions } from "../decisions/person-holds.sql.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import type { GuardThresholds } from "../domain/guards/guard.ts";
import { matchKey } from "../domain/records/match.ts";
import type { HoldDecision } from "../domain/guards/hold-types.ts";
import type { PersonFacts } from "../domain/plan/plan-types.ts";
import type { EmployeeTarget } from "../domain/records/employee.ts";
import type { WorkerRecord } from "../domain/records/worker.ts";
import { type SharedFacts, gatherSharedFacts } from "./shared-facts.ts";

/** One person of a batch: what planning needs, and what applying needs beside the plan. */
export interface PersonCase {
  staged: StagedPerson;
  source: WorkerRecord;
  facts: PersonFacts;
  /** The customer's own account that has the worker's e-mail already (an HR admin who is on the payroll too). */
  ownAccountId: string | null;
}

/** What planning must know of a listing as a whole. Only the exceptions are in memory, however long the listing is. */
export interface ListingFacts extends SharedFacts {
  /**
   * E-mails that people of this listing have just given up. They are free from the next run on, so that the outcome for a
   * newcomer who is sent with one does not depend on the order of writing.
   */
  givenUpEmails: Set<string>;
}

/** Gathers these facts once, before the first person is planned. */
export async function gatherListing(
  trx: TenantTransaction,
  run: StoredRun,
  thresholds: GuardThresholds,
): Promise<ListingFacts> {
  return {
    ...(await gatherSharedFacts(trx, run, thresholds)),
    // Empty, unless the run continues after another worker process died.
    givenUpEmails: run.applyAfter === "" ? new Set() : await findEmailsGivenUp(trx, run),
  };
}

/** Gathers the next people of the listing with their facts: a fixed number of statements, whatever the batch's size. */
export async function gatherBatch(
  trx: TenantTransaction,
  run: StoredRun,
  listing: ListingFacts,
  after: string,
  limit: number,
): Promise<PersonCase[]> {
  const people = await findStagedPeople(trx, run, after, limit);
  const emails = newEmails(people);
  const holders = await findEmailHolders(trx, run.customerId, emails);
  const accounts = await findAccountsByEmail(
    trx,
    run.customerId,
    emails.filter((email) => !holders.has(email)),
  );
  const decisions = await findHoldDecisions(
    trx,
    run,
    people.map((person) => person.workerId),
  );
  const matches = await loadTargets(trx, run.customerId, matchedEmployeeIds(run, holders));
  // Read for each batch: an admin may unlink a person while the run is under way.
  const unlinkedPairs =
    matches.size > 0 ? await findUnlinkedPairs(trx, run.customerId, run.entityId) : new Set<string>();
  return people.map((staged) => {
    const source = staged.record;
    const holder = source.email === null ? undefined : holders.get(source.email);
    const account = source.email === null ? undefined : accounts.get(source.email);
    return {
      staged,
      source,
      ownAccountId: account?.kind === "ours" && account.owner === null ? account.accountId : null,
      facts: personFacts(run, {
        staged,
        source,
        holder,
        listing,
        decisions: decisions.get(staged.workerId) ?? [],
        account,
        match: holder && matches.get(holder.employeeId),
        unlinkedPairs,
      }),
    };
  });
}

/** E-mails that this run would give to a person who does not have them yet. */
function newEmails(people: StagedPerson[]): string[] {
  const emails = people.flatMap(({ record: { email }, target }) =>
    email === null || email === target?.email ? [] : [email],
  );
  return [...new Set(emails)];
}

function matchedEmployeeIds(run: StoredRun, holders: Map<string, EmailHolder>): string[] {
  return [...holders.values()]
    .filter((holder) => holder.entityId === run.entityId)
    .map((holder) => holder.employeeId);
}

interface Known {
  staged: StagedPerson;
  source: WorkerRecord;
  holder: EmailHolder | undefined;
  account: EmailAccount | undefined;
  match: EmployeeTarget | undefined;
  listing: ListingFacts;
  decisions: HoldDecision[];
  /** Pairs (`matchKey`) that an admin unlinked. */
  unlinkedPairs: ReadonlySet<string>;
}

function personFacts(run: StoredRun, known: Known): PersonFacts {
  const { staged, source, holder, match, listing, decisions, unlinkedPairs } = known;
  const { shared } = listing;
  const identityAlarm = listing.alarms.get(source.workerId) ?? null;
  // A held swap of e-mails is planned as it would be after the swap.
  const isEmailSwap = identityAlarm?.code === "EMAIL_SWAPPED";
  const others =
    (source.email === null ? undefined : shared.byEmail.get(source.email))?.filter(
      (other) => other.workerId !== source.workerId,
    ) ?? [];
  return {
    target: targetOf(staged, match),
    targetLinkedElsewhere: !isEmailSwap && isLinkedElsewhere(known),
    emailStatus: isEmailSwap ? "free" : emailStatusOf(run, known),
    sameEmailEmployeeNumbers: others.map((other) => other.employeeNumber),
    sameEmailHolderIsLinked:
      holder !== undefined && others.some((other) => other.workerId === holder.linkedWorkerId),
    employeeNumberTaken: shared.numberTaken.has(source.workerId),
    metTwice: staged.metTwice,
    isUnlinkedPair: match !== undefined && unlinkedPairs.has(matchKey(source.workerId, match.employeeId)),
    identityAlarm,
    knownEmploymentEnd: staged.employmentEnd,
    decisions,
  };
}

/** A person who left, here and at Liantis, may return under another id: then the old link does not count. */
function isLinkedElsewhere({ source, holder, match }: Known): boolean {
  if (holder === undefined || holder.linkedWorkerId === null) return false;
  const hasLeft = holder.linkIsAbsent && match?.deactivated === true;
  return holder.linkedWorkerId !== source.workerId && !hasLeft;
}

function targetOf(staged: StagedPerson, match: EmployeeTarget | undefined): PersonFacts["target"] {
  if (staged.target) return { kind: "linked", employee: staged.target };
  return match ? { kind: "email_match", employee: match } : { kind: "none" };
}

function emailStatusOf(
  { entityId }: StoredRun,
  { staged, source, holder, account, listing }: Known,
): PersonFacts["emailStatus"] {
  if (holder) {
    if (holder.entityId !== entityId) return "other_entity";
    // A first match is with the holder. A person who is linked already cannot take the e-mail of a colleague.
    return staged.target === null ? "free" : "same_entity";
  }
  if (source.email !== null && listing.givenUpEmails.has(source.email)) return "same_entity";
  return statusOfEmail(account, { entityId, employeeId: staged.target?.employeeId ?? null });
}
