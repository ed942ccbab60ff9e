import type { Language } from "@payflip/contract/page.ts";

const languages: readonly Language[] = ["nl", "fr", "en"];

/** The preferred one of our languages in an `Accept-Language` header; English when it names none of them. */
export function negotiateLanguage(header: string | undefined): Language {
  let best: { language: Language; quality: number } | null = null;
  for (const range of (header ?? "").slice(0, 500).split(",")) {
    const [tag, ...parameters] = range.trim().toLowerCase().split(";");
    const primary = tag?.trim().split("-")[0];
    const language = languages.find((one) => one === primary);
    const quality = qualityOf(parameters);
    if (language !== undefined && quality > (best?.quality ?? 0)) best = { language, quality };
  }
  return best?.language ?? "en";
}

function qualityOf(parameters: string[]): number {
  const weight = parameters
    .map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1])
    .find((one) => one !== undefined);
  const quality = Number(weight ?? 1);
  return Number.isFinite(quality) ? quality : 0;
}
