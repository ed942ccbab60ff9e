/** What a client of the database is asked, whether it is to be prepared or not. */
export function statementText(query: unknown): string {
  return typeof query === "object" && query !== null && "text" in query ? String(query.text) : String(query);
}
