/** What people may have changed in a step; runs may not change these in the same way. */
export interface Touched {
  /** Employees whose rows people changed. */
  employees: Set<string>;
  /** Employees whom people linked or unlinked. */
  links: Set<string>;
  /** Employees whom people removed. */
  removed: Set<string>;
  /** How often people acted. */
  acts: number;
  /** Breaches of an undo. */
  breaches: string[];
}

/** Begins a step. */
export function nothingTouched(): Touched {
  return { employees: new Set(), links: new Set(), removed: new Set(), acts: 0, breaches: [] };
}
