import { addDays } from "../state/calendar.ts";
import { createRandom } from "./random.ts";

/** First and last day of the employment; `endDate` is null if no end is known. */
export interface Employment {
  readonly startDate: string;
  readonly endDate: string | null;
}

/**
 * The employment of the n-th generated worker. It has a random sequence of its own, so that a listing can
 * decide which workers are shown without generating their full records.
 */
export function generateEmployment(seed: string, index: number, asOf: string): Employment {
  const random = createRandom(seed, index, "employment");
  const draw = random.next();
  if (draw < 0.03) return { startDate: addDays(asOf, random.between(1, 60)), endDate: null };
  if (draw < 0.07) {
    const endDate = addDays(asOf, -random.between(1, 360));
    return { startDate: addDays(endDate, -random.between(200, 3_000)), endDate };
  }
  const startDate = addDays(asOf, -Math.floor(random.next() ** 1.6 * 7_500) - 5);
  const endDate = random.chance(0.02) ? addDays(asOf, random.between(5, 120)) : null;
  return { startDate, endDate };
}
