import type { Language } from "@payflip/contract/page.ts";
import { compile } from "./compile.ts";

export interface Placeholder {
  name: string;
  /** How the text takes it: `{name}`, `{name, number}` or `{name, plural, …}`. */
  form: "plain" | "number" | "plural" | "other";
}

/** A part of a compiled message, as far as it is looked at here. */
interface Part {
  type: number;
  value?: unknown;
  options?: Record<string, { value: Part[] }>;
}

/** The numbers that the parser gives to its parts. */
const partTypes = { literal: 0, argument: 1, number: 2, plural: 6, pound: 7 } as const;

/** The parameters in a text, each form once, in the order in which they come. */
export function placeholdersOf(text: string, language: Language): Placeholder[] {
  const found = placeholdersIn(compile(text, language).getAst());
  return found.filter(
    (one, index) => found.findIndex(({ name, form }) => name === one.name && form === one.form) === index,
  );
}

/** A text as documents show it: `{name}` for each parameter, and of a plural the form for several. */
export function documentText(text: string, language: Language): string {
  return documentTextOf(compile(text, language).getAst(), "");
}

function placeholdersIn(parts: readonly Part[]): Placeholder[] {
  return parts.flatMap((part): Placeholder[] => {
    if (part.type === partTypes.literal || part.type === partTypes.pound) return [];
    const nested = Object.values(part.options ?? {}).flatMap((option) => placeholdersIn(option.value));
    return [{ name: String(part.value), form: formOf(part) }, ...nested];
  });
}

function formOf({ type }: Part): Placeholder["form"] {
  if (type === partTypes.argument) return "plain";
  if (type === partTypes.number) return "number";
  return type === partTypes.plural ? "plural" : "other";
}

function documentTextOf(parts: readonly Part[], counted: string): string {
  return parts
    .map((part) => {
      if (part.type === partTypes.literal) return String(part.value);
      if (part.type === partTypes.pound) return `{${counted}}`;
      const several = part.options?.["other"];
      const name = String(part.value);
      return several === undefined ? `{${name}}` : documentTextOf(several.value, name);
    })
    .join("");
}
