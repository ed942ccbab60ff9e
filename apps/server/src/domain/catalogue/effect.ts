export const effects = ["not_imported", "kept", "left_empty", "kept_out", "taken_over", "held"] as const;

/** What became of the value that an issue is about. */
export type Effect = (typeof effects)[number];
