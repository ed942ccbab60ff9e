import type { Between, Breach } from "./laws.ts";
import type { Worked } from "./run-steps.ts";

export function breachesOfMirror(_between: Between & { worked: Worked }): Breach[] {
  return [];
}
