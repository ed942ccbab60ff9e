/** A mistake in the engine that a developer might make, as one small replacement. */
export interface PlantedBug {
  /** What the engine then does. */
  name: string;
  file: string;
  /** Occurs exactly once in the file. */
  text: string;
  instead: string;
}
