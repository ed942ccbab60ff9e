import { planUndo } from "./plan-undo.ts";
import type { UndoPerson, UndoPlan, UndoPolicy } from "./undo-types.ts";

/** e-mail → who has it now; an e-mail that is not in the map is free. */
export type EmailOwners = ReadonlyMap<string, EmailOwner>;

export interface EmailOwner {
  /** The employee who has it; null: none. */
  employeeId: string | null;
  /** The account that signs in with it, which may be another person's; null: none. */
  signIn: SignInOwner | null;
}

export interface SignInOwner {
  /** Null: a person who is not an employee of the entity. */
  employeeId: string | null;
  /** The account keeps the e-mail when that of the employee changes. */
  stays: boolean;
}

/**
 * Plans everybody whom a run wrote. A person gets an e-mail back only if it is free, or if its owner gives it up in the same
 * undo. If that owner cannot give it up, the person who waited for it keeps the present e-mail too. The sign-in of a person
 * blocks their colleagues, not the person.
 * @param owners who has the e-mails that the run took away
 */
export function planUndoOfRun(
  people: readonly UndoPerson[],
  policy: Omit<UndoPolicy, "emailTaken">,
  owners: EmailOwners,
): UndoPlan[] {
  const emailTaken = new Set<string>();
  for (;;) {
    const plans = people.map((person) => planUndo(person, { ...policy, emailTaken }));
    const blocked = findBlocked(plans, owners);
    if (blocked.length === 0) return plans;
    for (const employeeId of blocked) emailTaken.add(employeeId);
  }
}

/** Employees whose old e-mail would still belong to another person after these plans. */
function findBlocked(plans: readonly UndoPlan[], owners: EmailOwners): string[] {
  const giving = new Set(
    plans.filter((plan) => plan.remove || newEmail(plan) !== null).map((plan) => plan.employeeId),
  );
  const claimed = new Set<string>();
  return plans.flatMap((plan) => {
    const email = newEmail(plan);
    if (email === null) return [];
    const { employeeId: holder = null, signIn = null } = owners.get(email) ?? {};
    const isFree = holder === null || holder === plan.employeeId || giving.has(holder);
    if (isFree && isSignInFree(signIn, plan, giving) && !claimed.has(email)) {
      claimed.add(email);
      return [];
    }
    return [plan.employeeId];
  });
}

function isSignInFree(
  signIn: SignInOwner | null,
  { employeeId }: UndoPlan,
  giving: ReadonlySet<string>,
): boolean {
  if (signIn === null || signIn.employeeId === employeeId) return true;
  return signIn.employeeId !== null && !signIn.stays && giving.has(signIn.employeeId);
}

function newEmail(plan: UndoPlan): string | null {
  return plan.employeeChanges.find((change) => change.field === "email")?.after ?? null;
}
