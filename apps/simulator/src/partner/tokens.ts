import type { SimulatedClock } from "../state/clock.ts";

/** How long a partner token lives, in simulated seconds. */
export const TOKEN_LIFE_SECONDS = 300;

/** The partner tokens that were handed out; they age with the simulated clock and end with the process. */
export interface PartnerTokens {
  remember(token: string, scope: string): void;
  /** The scopes of a token that is known and not expired, else null. */
  scopesOf(token: string): ReadonlySet<string> | null;
  forgetAll(): void;
}

export function createPartnerTokens(clock: SimulatedClock): PartnerTokens {
  const issued = new Map<string, { scope: string; atMs: number }>();
  return {
    remember: (token, scope) => {
      issued.set(token, { scope, atMs: clock.nowMs() });
    },
    scopesOf: (token) => {
      const found = issued.get(token);
      if (found === undefined) return null;
      if (clock.nowMs() - found.atMs >= TOKEN_LIFE_SECONDS * 1000) return null;
      return new Set(found.scope.split(" "));
    },
    forgetAll: () => issued.clear(),
  };
}
