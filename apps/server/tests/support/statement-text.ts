/** The text of a statement, prepared or not. */
export function statementText(query: unknown): string {
  return typeof query === "object" && query !== null && "text" in query ? String(query.text) : String(query);
}
