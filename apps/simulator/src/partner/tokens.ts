import type { SimulatedClock } from "../state/clock.ts";

/** In simulated time. */
export const TOKEN_LIFE_SECONDS = 300;

/** The issued partner tokens. They expire by the simulated clock and are lost when the process ends. */
export interface PartnerTokens {
  remember(token: string, scope: string): void;
  /** Null if the token is unknown or has expired. */
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
