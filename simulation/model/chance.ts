/** A seeded random source: the same seed gives the same draws on every machine. */
export interface Chance {
  /** From 0 up to, not including, 1. */
  fraction(): number;
  /** A whole number from 0 up to, not including, `limit`. */
  below(limit: number): number;
  happens(probability: number): boolean;
  /** @throws RangeError when there is nothing to pick */
  pick<T>(values: readonly T[]): T;
  shuffled<T>(list: readonly T[]): T[];
  /** A seed for another source: draws from that one do not change the next draws of this one. */
  seed(): number;
}

/** @param seed any whole number */
export function chanceOf(seed: number): Chance {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  // Mulberry32: 32 bits of state, good enough to scatter steps.
  const bits = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const fraction = () => bits() / 4_294_967_296;
  const below = (limit: number) => Math.floor(fraction() * limit);
  return {
    fraction,
    below,
    happens: (probability) => fraction() < probability,
    pick: (values) => {
      const index = below(values.length);
      if (values.length === 0) throw new RangeError("there is nothing to pick");
      return values[index] as (typeof values)[number];
    },
    shuffled: (list) => {
      const rest = [...list];
      const drawn: typeof rest = [];
      while (rest.length > 0) drawn.push(...rest.splice(below(rest.length), 1));
      return drawn;
    },
    seed: bits,
  };
}
