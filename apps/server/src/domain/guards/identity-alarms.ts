import { namesDiffer } from "../records/match.ts";
import type { PersonName } from "../records/match.ts";
import { normaliseEmail } from "../values/email.ts";
import type { GuardThresholds } from "./guard.ts";
import type { IdentityAlarm } from "./hold-types.ts";

/** This worker would get the e-mail or number that another linked worker has now, and that worker gets another one. */
export interface IdentitySwap {
  workerId: string;
  field: "email" | "employeeNumber";
  holderWorkerId: string;
  holderEmployeeNumber: string | null;
}

/**
 * Who looks wrong when the whole listing is compared with what is stored: people who swap e-mails (two, or more in a ring) or
 * employee numbers, and each person who changes name or e-mail when too many do at once.
 *
 * @param figures.linked people who are linked and were listed
 * @param figures.renamed workers whose name or e-mail differs
 */
export function identityAlarms(
  figures: { linked: number; renamed: readonly string[]; moves: readonly IdentitySwap[] },
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
 * Both names and the e-mail change in one run: more likely another person than a marriage. If Liantis gave the id to another
 * person, that person would get the sign-in, budgets and history of the first one.
 */
export function replacedAlarm(
  before: PersonName & { email: string },
  after: PersonName & { email: string },
): IdentityAlarm | null {
  if (normaliseEmail(before.email) === normaliseEmail(after.email) || !namesDiffer(before, after))
    return null;
  return { code: "PERSON_REPLACED", params: {} };
}

/** E-mails that are swapped in a ring of two or more people: written one by one, each would violate the unique e-mail. */
export function addressRings(moves: readonly IdentitySwap[]): IdentitySwap[][] {
  const next = new Map(moves.filter((one) => one.field === "email").map((one) => [one.workerId, one]));
  const rings: IdentitySwap[][] = [];
  const placed = new Set<string>();
  for (const start of [...next.keys()].toSorted()) {
    const path: string[] = [];
    for (let workerId: string | undefined = start; workerId !== undefined && !placed.has(workerId); ) {
      placed.add(workerId);
      path.push(workerId);
      const follower: string | undefined = next.get(workerId)?.holderWorkerId;
      const ringStart = follower === undefined ? -1 : path.indexOf(follower);
      if (ringStart !== -1) rings.push(path.slice(ringStart).flatMap((id) => next.get(id) ?? []));
      workerId = follower;
    }
  }
  return rings;
}

function groupOf(ring: readonly IdentitySwap[]): string {
  return ring
    .map((one) => one.workerId)
    .toSorted()
    .join(" ");
}
