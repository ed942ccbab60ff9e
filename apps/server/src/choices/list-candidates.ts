import type { Candidate, CandidatePage, CandidateQuery } from "@payflip/contract/candidates.ts";
import type { Language } from "@payflip/contract/page.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import { findActivationFacts } from "../connection/activation-facts.sql.ts";
import { findCandidates, type SealedCandidate } from "../connection/candidates.sql.ts";
import { type Connection, findConnection } from "../connection/connections.sql.ts";
import { keptApartPairs } from "../people/links/unlinked-pairs.sql.ts";
import {
  accountStandings,
  type EmailHolder,
  emailHolders,
  standingOfAccount,
} from "../people/person-facts.sql.ts";
import { type KeyRing, unseal } from "../postgres/sealing.ts";
import { tenantTransaction, type TenantTransaction } from "../postgres/transaction.ts";
import { type CandidateFacts, type CandidateFields, judgeCandidate } from "../domain/plan/candidate.ts";
import { matchKey } from "../domain/records/match.ts";
import { renderIssue } from "../texts/issues.ts";
import { plainText } from "../people/search-text.ts";
import type { ActivationDeps } from "../connection/activation-deps.ts";
import { candidatePlace, fetchCandidates } from "./fetch-candidates.ts";

type ListDeps = Pick<ActivationDeps, "db" | "liantis" | "keyRing" | "now">;

interface Listing {
  customerId: string;
  entityId: string;
  language: Language;
}

/** Whom the page begins after, by worker; and how many it may hold. */
type Wanted = Omit<CandidateQuery, "cursor"> & { after: string | null };

/**
 * People to choose from, by name: from the list that is kept, or asked of Liantis when there is none or it is to be renewed. What
 * selecting each would do is judged anew at every look, for people and choices change meanwhile.
 * @throws Problem WRONG_STATE before the consent, INVALID_REQUEST for a place in a list that was renewed, LIANTIS_UNAVAILABLE,
 *   INTERNAL
 */
export async function listCandidates(
  deps: ListDeps,
  of: Listing,
  wanted: Wanted,
): Promise<Omit<CandidatePage, "nextCursor"> & { next: string | null }> {
  const list = await freshList(deps, of, wanted.refresh === "true");
  const people = list.candidates.map((one) => opened(deps.keyRing, of, one)).toSorted(byName);
  const facts = await factsOf(deps, of, people);
  const judged = people.map((one) => judgedCandidate(one, facts(one), of.language));
  const begin = wanted.after === null ? 0 : 1 + judged.findIndex(({ workerId }) => workerId === wanted.after);
  if (wanted.after !== null && begin === 0) throw placeGone();
  const words = plainText(wanted.q ?? "")
    .split(/\s+/)
    .filter(Boolean);
  const fits = (one: Candidate) =>
    (wanted.match === undefined || one.match === wanted.match) &&
    (wanted.choice === undefined || one.choice === wanted.choice) &&
    words.every((word) => searched(one).includes(word));
  const rest = judged.slice(begin).filter(fits);
  const items = rest.slice(0, wanted.limit);
  const next = rest.length > items.length ? (items.at(-1)?.workerId ?? null) : null;
  const total = judged.filter(fits).length;
  return { items, next, total, fetchedAt: list.fetchedAt, chosen: chosenOf(judged) };
}

async function freshList(deps: ListDeps, of: Listing, refresh: boolean) {
  const { customerId, entityId } = of;
  const scope = { customerId, entityIds: [entityId] };
  const kept = async () => {
    const at = deps.now().toISOString();
    return await tenantTransaction(deps.db, scope, "app", (trx) => findCandidates(trx, of, at));
  };
  const connection = await tenantTransaction(deps.db, scope, "app", (trx) => consented(trx, of));
  const list = refresh ? undefined : await kept();
  if (list !== undefined) return list;
  await fetchCandidates(deps, connection);
  const fetched = await kept();
  // Somebody confirmed their choice in this very moment.
  if (fetched === undefined) throw new Problem("WRONG_STATE");
  return fetched;
}

async function consented(
  trx: TenantTransaction,
  { customerId, entityId }: Listing,
): Promise<Connection & { enterpriseNumber: string }> {
  const facts = await findActivationFacts(trx, customerId, entityId);
  if (facts === undefined) throw new Problem("NOT_FOUND");
  if (!facts.available) throw new Problem("NOT_AVAILABLE");
  const connection = await findConnection(trx, customerId, entityId);
  const hasConsent = connection?.state === "choosing" || connection?.state === "active";
  if (!hasConsent || connection.enterpriseNumber === null) throw new Problem("WRONG_STATE");
  return { ...connection, enterpriseNumber: connection.enterpriseNumber };
}

type Opened = Omit<SealedCandidate, "sealed"> & CandidateFields & { sortText: string };

function opened(keyRing: KeyRing, of: Listing, { sealed, ...known }: SealedCandidate): Opened {
  const text = unseal(keyRing, candidatePlace(of, known.workerId), sealed);
  const fields = JSON.parse(text) as CandidateFields;
  return { ...known, ...fields, sortText: plainText(`${fields.lastName ?? ""} ${fields.firstName ?? ""}`) };
}

function byName(a: Opened, b: Opened): number {
  if (a.sortText !== b.sortText) return a.sortText < b.sortText ? -1 : 1;
  return a.workerId < b.workerId ? -1 : 1;
}

/** Everybody's facts with a fixed number of statements. Whose an address is may be another entity's secret: only the code is told. */
async function factsOf(
  deps: ListDeps,
  { customerId, entityId }: Listing,
  people: Opened[],
): Promise<(one: Opened) => CandidateFacts> {
  const sharing = Map.groupBy(
    people.filter(({ email }) => email !== null),
    ({ email }) => email,
  );
  const emails = [...sharing.keys()].filter((email) => email !== null);
  const scope = { customerId, entityIds: "all" as const };
  const { holders, accounts, apart } = await tenantTransaction(deps.db, scope, "app", async (trx) => {
    const found = await emailHolders(trx, customerId, emails);
    const others = emails.filter((email) => !found.has(email));
    return {
      holders: found,
      accounts: await accountStandings(trx, customerId, others),
      apart: await keptApartPairs(trx, customerId, entityId),
    };
  });
  return ({ workerId, email, employeeId }) => {
    const holder = email === null ? undefined : holders.get(email);
    const ours = holder?.entityId === entityId ? holder : undefined;
    return {
      linkedTo: employeeId,
      matches: ours?.employeeId ?? null,
      matchIsLinked: ours !== undefined && ours.linkedWorkerId !== null && ours.linkedWorkerId !== workerId,
      keptApart: ours !== undefined && apart.has(matchKey(workerId, ours.employeeId)),
      emailStanding: standing(
        holder,
        ours,
        standingOfAccount(email === null ? undefined : accounts.get(email), { entityId, employeeId }),
      ),
      sameEmailEmployeeNumbers: (sharing.get(email) ?? [])
        .filter((other) => other.workerId !== workerId)
        .map((other) => other.employeeNumber ?? ""),
    };
  };
}

function standing(
  holder: EmailHolder | undefined,
  ours: EmailHolder | undefined,
  otherwise: CandidateFacts["emailStanding"],
): CandidateFacts["emailStanding"] {
  if (holder !== undefined) return ours === undefined ? "other_entity" : "free";
  return otherwise;
}

function judgedCandidate(one: Opened, facts: CandidateFacts, language: Language): Candidate {
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

function searched({ firstName, lastName, email, employeeNumber, workerId }: Candidate): string {
  const name = `${firstName ?? ""} ${lastName ?? ""} ${firstName ?? ""}`;
  return plainText(`${name} ${email ?? ""} ${employeeNumber ?? ""} ${workerId}`);
}

function chosenOf(judged: Candidate[]): CandidatePage["chosen"] {
  const count = (...choices: Candidate["choice"][]) =>
    judged.filter(({ choice }) => choices.includes(choice)).length;
  return { selected: count("selected"), excluded: count("excluded", "released"), waiting: count("waiting") };
}

function placeGone(): Problem {
  return new Problem("INVALID_REQUEST", {
    members: { errors: [{ path: "cursor", message: "the list was renewed meanwhile" }] },
  });
}
