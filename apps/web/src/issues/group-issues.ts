import type { Issue, IssueSeverity } from "@payflip/contract/issues.ts";

export interface IssueGroup {
  readonly code: string;
  /** The cause in a few words, as the server says it. */
  readonly title: string;
  readonly severity: IssueSeverity;
  readonly issues: readonly Issue[];
}

const weight: Readonly<Record<IssueSeverity, number>> = { error: 0, warning: 1, notice: 2 };

/** Issues by cause: the worst first, then the most frequent; the severest issue of a group gives its severity. */
export function groupIssues(issues: readonly Issue[]): IssueGroup[] {
  const byCode = Map.groupBy(issues, ({ code }) => code);
  const groups = [...byCode].map(([code, members]) => ({
    code,
    title: members[0]?.title ?? code,
    severity:
      members.map(({ severity }) => severity).toSorted((a, b) => weight[a] - weight[b])[0] ?? "notice",
    issues: members,
  }));
  return groups.toSorted(
    (a, b) =>
      weight[a.severity] - weight[b.severity] ||
      b.issues.length - a.issues.length ||
      a.code.localeCompare(b.code),
  );
}
