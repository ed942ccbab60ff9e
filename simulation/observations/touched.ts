/** What a step of people may have touched: everything else must be as it was, whatever runs did beside it. */
export interface Touched {
  /** Employees whose rows people changed. */
  employees: Set<string>;
  /** Employees whose link people made or cut. */
  links: Set<string>;
  /** Employees that people took away. */
  removed: Set<string>;
  /** How often they did anything. */
  acts: number;
  /** What was wrong with what an undo did. */
  breaches: string[];
}

/** Begins a step. */
export function nothingTouched(): Touched {
  return { employees: new Set(), links: new Set(), removed: new Set(), acts: 0, breaches: [] };
}
