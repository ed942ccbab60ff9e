import type { Candidate, CandidatePage, CandidateQuery } from "@payflip/contract/candidates.ts";
import type { Language } from "@payflip/contract/page.ts";
import type { ActivationDeps } from "../connection/activation-deps.ts";
import { findActivationFacts } from "../connection/activation-facts.sql.ts";
import { findCandidates, type SealedCandidate } from "../connection/candidates.sql.ts";
import { type StoredConnection, findConnection } from "../connection/connections.sql.ts";
import { assertMayAsk } from "../connection/provider-questions.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import { type CandidateFacts, type CandidateFields, judgeCandidate } from "../domain/plan/candidate.ts";
import { matchKey } from "../domain/records/match.ts";
import { findUnlinkedPairs } from "../people/links/unlinked-pairs.sql.ts";
import {
  type EmailHolder,
  findAccountsByEmail,
  findEmailHolders,
  statusOfEmail,
} from "../people/person-facts.sql.ts";
import { plainText } from "../people/search-text.ts";
import { type KeyRing, unseal } from "../postgres/sealing.ts";
import { tenantTransaction, type TenantTransaction } from "../postgres/transaction.ts";
import { renderIssue } from "../texts/issues.ts";
import { candidatePlace, fetchCandidates } from "./fetch-candidates.ts";

type ListDeps = Pick<ActivationDeps, "db" | "liantis" | "keyRing" | "now">;

interface Listing {
  customerId: string;
  entityId: string;
  language: Language;
}

/** `after`: the worker that the page begins after. */
type ListQuery = Omit<CandidateQuery, "cursor"> & { after: string | null };

/**
 * The people to choose from, by name: from the stored list, or fetched when there is none or the caller asks for a new one. What
 * selecting a person would do is computed at every call, because people and choices change.
 * @throws Problem WRONG_STATE before the consent, INVALID_REQUEST for a cursor of a list that was renewed, LIANTIS_UNAVAILABLE,
 *   INTERNAL
 */
export async function listCandidates(
  deps: ListDeps,
  listing: Listing,
  query: ListQuery,
): Promise<Omit<CandidatePage, "nextCursor"> & { next: string | null }> {
  const list = await readList(deps, listing, query.refresh === "true");
  const people = list.candidates
    .map((one) => openCandidate(deps.keyRing, listing, one))
    .toSorted(compareNames);
  const facts = await factsOf(deps, listing, people);
  const judged = people.map((one) => candidateAnswer(one, facts(one), listing.language));
  const startIndex =
    query.after === null ? 0 : 1 + judged.findIndex(({ workerId }) => workerId === query.after);
  if (query.after !== null && startIndex === 0) throw cursorExpired();
  const words = plainText(query.q ?? "")
    .split(/\s+/)
    .filter(Boolean);
  const isMatching = (one: Candidate) =>
    (query.match === undefined || one.match === query.match) &&
    (query.choice === undefined || one.choice === query.choice) &&
    words.every((word) => searchedText(one).includes(word));
  const rest = judged.slice(startIndex).filter(isMatching);
  const items = rest.slice(0, query.limit);
  const next = rest.length > items.length ? (items.at(-1)?.workerId ?? null) : null;
  const total = judged.filter(isMatching).length;
  return { items, next, total, fetchedAt: list.fetchedAt, chosen: countChoices(judged) };
}

async function readList(deps: ListDeps, listing: Listing, refresh: boolean) {
  const { customerId, entityId } = listing;
  const scope = { customerId, entityIds: [entityId] };
  const readStored = async () => {
    const now = deps.now().toISOString();
    return await tenantTransaction(deps.db, scope, "app", (trx) => findCandidates(trx, listing, now));
  };
  const connection = await tenantTransaction(deps.db, scope, "app", (trx) =>
    findConsentedConnection(trx, listing),
  );
  const list = refresh ? undefined : await readStored();
  if (list !== undefined) return list;
  await assertMayAsk(deps, listing, "candidates");
  await fetchCandidates(deps, connection);
  const fetched = await readStored();
  // A choice was confirmed at the same time, and ended the list.
  if (fetched === undefined) throw new Problem("WRONG_STATE");
  return fetched;
}

async function findConsentedConnection(
  trx: TenantTransaction,
  { customerId, entityId }: Listing,
): Promise<StoredConnection & { enterpriseNumber: string }> {
  const facts = await findActivationFacts(trx, customerId, entityId);
  if (facts === undefined) throw new Problem("NOT_FOUND");
  if (!facts.available) throw new Problem("NOT_AVAILABLE");
  const connection = await findConnection(trx, customerId, entityId);
  const hasConsent = connection?.state === "choosing" || connection?.state === "active";
  if (!hasConsent || connection.enterpriseNumber === null) throw new Problem("WRONG_STATE");
  return { ...connection, enterpriseNumber: connection.enterpriseNumber };
}

type OpenedCandidate = Omit<SealedCandidate, "sealed"> & CandidateFields & { sortText: string };

function openCandidate(
  keyRing: KeyRing,
  listing: Listing,
  { sealed, ...known }: SealedCandidate,
): OpenedCandidate {
  const text = unseal(keyRing, candidatePlace(listing, known.workerId), sealed);
  const fields = JSON.parse(text) as CandidateFields;
  return { ...known, ...fields, sortText: plainText(`${fields.lastName ?? ""} ${fields.firstName ?? ""}`) };
}

function compareNames(a: OpenedCandidate, b: OpenedCandidate): number {
  if (a.sortText !== b.sortText) return a.sortText < b.sortText ? -1 : 1;
  return a.workerId < b.workerId ? -1 : 1;
}

/**
 * Reads the facts of all people with a fixed number of statements. The holder of an e-mail may be at an entity that the caller
 * may not see: only the issue's code leaves this function.
 */
async function factsOf(
  deps: ListDeps,
  { customerId, entityId }: Listing,
  people: OpenedCandidate[],
): Promise<(one: OpenedCandidate) => CandidateFacts> {
  const sharing = Map.groupBy(
    people.filter(({ email }) => email !== null),
    ({ email }) => email,
  );
  const emails = [...sharing.keys()].filter((email) => email !== null);
  const scope = { customerId, entityIds: "all" as const };
  const { holders, accounts, unlinkedPairs } = await tenantTransaction(deps.db, scope, "app", async (trx) => {
    const found = await findEmailHolders(trx, customerId, emails);
    const others = emails.filter((email) => !found.has(email));
    return {
      holders: found,
      accounts: await findAccountsByEmail(trx, customerId, others),
      unlinkedPairs: await findUnlinkedPairs(trx, customerId, entityId),
    };
  });
  return ({ workerId, email, employeeId }) => {
    const holder = email === null ? undefined : holders.get(email);
    const ours = holder?.entityId === entityId ? holder : undefined;
    return {
      linkedTo: employeeId,
      matches: ours?.employeeId ?? null,
      matchIsLinked: ours !== undefined && ours.linkedWorkerId !== null && ours.linkedWorkerId !== workerId,
      isUnlinkedPair: ours !== undefined && unlinkedPairs.has(matchKey(workerId, ours.employeeId)),
      emailStatus: emailStatusOf(
        holder,
        ours,
        statusOfEmail(email === null ? undefined : accounts.get(email), { entityId, employeeId }),
      ),
      sameEmailEmployeeNumbers: (sharing.get(email) ?? [])
        .filter((other) => other.workerId !== workerId)
        .map((other) => other.employeeNumber ?? ""),
    };
  };
}

function emailStatusOf(
  holder: EmailHolder | undefined,
  ours: EmailHolder | undefined,
  otherwise: CandidateFacts["emailStatus"],
): CandidateFacts["emailStatus"] {
  if (holder !== undefined) return ours === undefined ? "other_entity" : "free";
  return otherwise;
}

function candidateAnswer(one: OpenedCandidate, facts: CandidateFacts, language: Language): Candidate {
  const { workerId, firstName, lastName, email, employeeNumber, startDate, choice } = one;
  const judgement = judgeCandidate(workerId, one, facts);
  const issue = judgement.match === "issue" ? judgement.issue : null;
  return {
    workerId,
    firstName,
    lastName,
    email,
    employeeNumber,
    startDate,
    choice,
    match: judgement.match,
    issueCode: issue && issue.code,
    remedy: issue && renderIssue(issue.code, issue.params, language).remedy,
    employeeId: judgement.match === "existing" ? judgement.employeeId : null,
  };
}

function searchedText({ firstName, lastName, email, employeeNumber, workerId }: Candidate): string {
  const name = `${firstName ?? ""} ${lastName ?? ""} ${firstName ?? ""}`;
  return plainText(`${name} ${email ?? ""} ${employeeNumber ?? ""} ${workerId}`);
}

function countChoices(judged: Candidate[]): CandidatePage["chosen"] {
  const count = (...choices: Candidate["choice"][]) =>
    judged.filter(({ choice }) => choices.includes(choice)).length;
  return { selected: count("selected"), excluded: count("excluded", "released"), waiting: count("waiting") };
}

function cursorExpired(): Problem {
  return new Problem("INVALID_REQUEST", {
    members: { errors: [{ path: "cursor", message: "the list was renewed meanwhile" }] },
  });
}
