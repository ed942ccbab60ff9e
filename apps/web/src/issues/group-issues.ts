import type { Issue, IssueSeverity } from "@payflip/contract/issues.ts";

export interface IssueGroup {
  readonly code: string;
  /** The title of the issue in the language of the screen. */
  readonly title: string;
  readonly severity: IssueSeverity;
  readonly issues: readonly Issue[];
}

const weight: Readonly<Record<IssueSeverity, number>> = { error: 0, warning: 1, notice: 2 };

/** Issues by code: the most severe first, then the most frequent. A group has the severity of its most severe issue. */
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
