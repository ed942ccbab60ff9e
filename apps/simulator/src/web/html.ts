/** Escaped HTML. */
export interface Html {
  readonly html: string;
}

type Part = string | number | null | Html | readonly Html[];

/** Builds HTML. Texts and numbers are escaped; `Html` is inserted as it is. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const text = strings.reduce((sum, piece, index) => sum + piece + render(parts[index] ?? null), "");
  return { html: text };
}

function render(part: Part): string {
  if (part === null) return "";
  if (typeof part === "string" || typeof part === "number") return escape(String(part));
  if ("html" in part) return part.html;
  return part.map((item) => item.html).join("");
}

function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
