/** What a reason names of the limits in force, and nothing of the person. */
export function limitsOf(params: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).filter(([name]) => name === "allowed" || name === "factor"),
  );
}
