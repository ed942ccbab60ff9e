import { planRevert } from "./plan-undo.ts";
import type { RevertPerson, RevertPlan, RevertPolicy } from "./undo-types.ts";

/** Who has an address now. Nobody has one that is not in the map. */
export type AddressHolders = ReadonlyMap<string, AddressHolder>;

export interface AddressHolder {
  /** Who has it as an employee; null: nobody. */
  employeeId: string | null;
  /** Whose sign-in it is, which need not be the same person; null: nobody's. */
  signIn: AddressSignIn | null;
}

export interface AddressSignIn {
  /** Null: somebody of whom nothing is said. */
  employeeId: string | null;
  /** They go on signing in with it whatever their employee record says. */
  stays: boolean;
}

/**
 * Plans everybody whom a run touched. An address goes back to somebody only if nobody has it, or whoever has it gives it up by
 * this very reversal; when that person keeps it after all, so does the one who waited for it. What somebody signs in with themselves is
 * in nobody's way but a colleague's.
 * @param holders who has the addresses that the run took away, as far as anybody has them
 */
export function planReverts(
  people: readonly RevertPerson[],
  policy: Omit<RevertPolicy, "emailTaken">,
  holders: AddressHolders,
): RevertPlan[] {
  const emailTaken = new Set<string>();
  for (;;) {
    const plans = people.map((person) => planRevert(person, { ...policy, emailTaken }));
    const blocked = blockedBy(plans, holders);
    if (blocked.length === 0) return plans;
    for (const employeeId of blocked) emailTaken.add(employeeId);
  }
}

/** Those whose old address stays somebody else's when all of these plans are carried out. */
function blockedBy(plans: readonly RevertPlan[], holders: AddressHolders): string[] {
  const giving = new Set(
    plans.filter((plan) => plan.remove || newAddress(plan) !== null).map((plan) => plan.employeeId),
  );
  const claimed = new Set<string>();
  return plans.flatMap((plan) => {
    const address = newAddress(plan);
    if (address === null) return [];
    const { employeeId: holder = null, signIn = null } = holders.get(address) ?? {};
    const isNobodys = holder === null || holder === plan.employeeId || giving.has(holder);
    if (isNobodys && isSignInFree(signIn, plan, giving) && !claimed.has(address)) {
      claimed.add(address);
      return [];
    }
    return [plan.employeeId];
  });
}

function isSignInFree(
  signIn: AddressSignIn | null,
  { employeeId }: RevertPlan,
  giving: ReadonlySet<string>,
): boolean {
  if (signIn === null || signIn.employeeId === employeeId) return true;
  return signIn.employeeId !== null && !signIn.stays && giving.has(signIn.employeeId);
}

function newAddress(plan: RevertPlan): string | null {
  return plan.employeeChanges.find((change) => change.field === "email")?.after ?? null;
}
