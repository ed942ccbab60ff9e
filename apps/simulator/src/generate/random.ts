/** A seeded random generator: the same labels always give the same sequence. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** Whole number in [min, max], both included. */
  between(min: number, max: number): number;
  pick<const T extends readonly [unknown, ...unknown[]]>(items: T): T[number];
  /** Picks by weight; the weights can have any sum. */
  weighted<T>(items: readonly [readonly [T, number], ...(readonly [T, number])[]]): T;
  chance(probability: number): boolean;
}

export function createRandom(...labels: readonly (string | number)[]): Random {
  let state = hashOf(labels.join("\u0000"));
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    between: (min, max) => min + Math.floor(next() * (max - min + 1)),
    pick: (items) => items[Math.floor(next() * items.length)] ?? items[0],
    weighted: (items) => {
      let left = next() * items.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of items) {
        left -= weight;
        if (left < 0) return item;
      }
      return items[0][0];
    },
    chance: (probability) => next() < probability,
  };
}

/** 32-bit FNV-1a. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
