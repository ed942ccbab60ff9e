import type { PreviewOperation } from "@payflip/contract/previews.ts";
import { useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";

type OperationWhyProps = Pick<PreviewOperation, "bucket" | "reasons" | "issues" | "absentSince"> & {
  /** The remedy from the list to choose from, used when the preview has none. */
  readonly remedy?: string | null | undefined;
};

/** Why a person would be put on hold, fail or be missing, and what to do about it. */
export function OperationWhy({ bucket, reasons, issues, absentSince, remedy }: OperationWhyProps) {
  const text = useText();
  const formats = useFormats();
  if (bucket === "absent") {
    return absentSince === null
      ? text("preview.absent.newly")
      : text("preview.absent.since", { when: formats.inWords(absentSince) });
  }
  if (reasons.length === 0 && issues.length === 0) return remedy;
  return (
    <ul className="max-w-prose space-y-1.5">
      {reasons.map((reason) => (
        <li key={`${reason.code} ${reason.text}`}>{reason.text}</li>
      ))}
      {issues.map((issue) => (
        <li key={`${issue.code} ${issue.cause}`}>
          {issue.cause} <span className="block text-quiet">{issue.remedy}</span>
        </li>
      ))}
    </ul>
  );
}

/** The same as sentences, for a file. */
export function whyTexts({ reasons, issues }: Pick<PreviewOperation, "reasons" | "issues">): string[] {
  return [
    ...reasons.map((reason) => reason.text),
    ...issues.map(({ cause, remedy }) => [/[.?!]$/.test(cause) ? cause : `${cause}.`, remedy].join(" ")),
  ];
}
