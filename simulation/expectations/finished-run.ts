import type { Listing } from "./reading.ts";
import type { RunRow } from "../observations/snapshot.ts";
import type { Between } from "../observations/step-span.ts";
import type { ModelEntity } from "../model/world.ts";

/** A run that came to its end in this step, with what it read. */
export interface Finished extends Between {
  run: RunRow;
  entity: ModelEntity;
  listing: Listing;
  /** The calendar date that it planned with. */
  today: string;
  /** No other run of the entity came to its end in the step. */
  isOnly: boolean;
}
