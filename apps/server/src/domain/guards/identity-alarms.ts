import { normaliseEmail } from "../values/email.ts";
import type { GuardThresholds } from "./guard.ts";
import type { IdentityAlarm } from "./hold-types.ts";
import { namesDiffer } from "../records/match.ts";
import type { PersonName } from "../records/match.ts";

/** This worker would get what another linked worker has until now, and who gets another one as well. */
export interface IdentityExchange {
  workerId: string;
  field: "email" | "employeeNumber";
  holderWorkerId: string;
  holderEmployeeNumber: string | null;
}

/**
 * Who is not to be believed for what a whole listing says of them: people who exchange their e-mails (two, or more in a ring)
 * or their numbers, and everybody who changes name or e-mail when too many do at once.
 *
 * @param figures.linked people who are linked and were listed
 * @param figures.renamed workers whose name or e-mail differs
 */
export function identityAlarms(
  figures: { linked: number; renamed: readonly string[]; moves: readonly IdentityExchange[] },
  thresholds: GuardThresholds,
): Map<string, IdentityAlarm> {
  const alarms = new Map<string, IdentityAlarm>();
  const { linked, renamed, moves } = figures;
  const isMany =
    renamed.length >= thresholds.identityPeopleMin &&
    renamed.length * 100 > thresholds.identityPercentMax * linked;
  if (isMany) {
    const params = { changed: String(renamed.length), linked: String(linked) };
    for (const workerId of renamed) alarms.set(workerId, { code: "MANY_IDENTITIES_CHANGED", params });
  }
  for (const { workerId, field, holderEmployeeNumber } of moves) {
    if (field === "employeeNumber")
      alarms.set(workerId, {
        code: "NUMBER_SWAPPED",
        params: { otherEmployeeNumber: holderEmployeeNumber ?? "" },
      });
  }
  for (const ring of addressRings(moves)) {
    for (const { workerId, holderEmployeeNumber } of ring) {
      const params = { otherEmployeeNumber: holderEmployeeNumber ?? "", group: groupOf(ring) };
      alarms.set(workerId, { code: "EMAIL_SWAPPED", params });
    }
  }
  return alarms;
}

/**
 * Somebody of whom both names and the address become others at once: nobody marries so. An id that is given to another person
 * at the provider would hand over the first one's sign-in, budgets and history.
 */
export function replacedAlarm(
  before: PersonName & { email: string },
  after: PersonName & { email: string },
): IdentityAlarm | null {
  if (normaliseEmail(before.email) === normaliseEmail(after.email) || !namesDiffer(before, after))
    return null;
  return { code: "PERSON_REPLACED", params: {} };
}

/** People whose addresses go round among them: nobody's is free before another's is. */
export function addressRings(moves: readonly IdentityExchange[]): IdentityExchange[][] {
  const next = new Map(moves.filter((one) => one.field === "email").map((one) => [one.workerId, one]));
  const rings: IdentityExchange[][] = [];
  const placed = new Set<string>();
  for (const start of [...next.keys()].toSorted()) {
    const path: string[] = [];
    for (let at: string | undefined = start; at !== undefined && !placed.has(at); ) {
      placed.add(at);
      path.push(at);
      const follower: string | undefined = next.get(at)?.holderWorkerId;
      const from = follower === undefined ? -1 : path.indexOf(follower);
      if (from !== -1) rings.push(path.slice(from).flatMap((workerId) => next.get(workerId) ?? []));
      at = follower;
    }
  }
  return rings;
}

function groupOf(ring: readonly IdentityExchange[]): string {
  return ring
    .map((one) => one.workerId)
    .toSorted()
    .join(" ");
}
