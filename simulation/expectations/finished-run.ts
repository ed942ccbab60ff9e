import type { Listing } from "./reading.ts";
import type { RunRow } from "../observations/snapshot.ts";
import type { Between } from "../observations/step-span.ts";
import type { ModelEntity } from "../model/world.ts";

/** A run that finished in this step, with the listing that it read. */
export interface Finished extends Between {
  run: RunRow;
  entity: ModelEntity;
  listing: Listing;
  /** The calendar date for which it planned. */
  today: string;
  /** No other run of the entity finished in the step. */
  isOnly: boolean;
}
