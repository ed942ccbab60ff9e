/**
 * What a parameter of a text holds, and so how the text shows it: a calendar date, several dates with commas between, a number,
 * an amount in euros, names of our fields with commas between, an `Effect`, or text as it is. Values are stored as strings,
 * whatever their kind.
 */
export type ParamKind = "text" | "date" | "dates" | "number" | "money" | "fields" | "effect";

/** The parameters of a code, by name. */
export type ParamKinds = Readonly<Record<string, ParamKind>>;

/** The values that go with the parameters of a code. */
export type ParamValues<Kinds> = { [Name in keyof Kinds]: string };
