import type { PreviewOperation } from "@payflip/contract/previews.ts";

/** Why somebody would be held back or fail, sentence by sentence, and what to do. */
export function whyTexts({ reasons, issues }: Pick<PreviewOperation, "reasons" | "issues">): string[] {
  return [
    ...reasons.map((reason) => reason.text),
    ...issues.map(({ cause, remedy }) => [/[.?!]$/.test(cause) ? cause : `${cause}.`, remedy].join(" ")),
  ];
}
