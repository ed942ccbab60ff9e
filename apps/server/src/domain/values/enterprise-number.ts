import { validate } from "stdnum/lib/cjs/be/vat.js";

export type EnterpriseNumberReading =
  | { kind: "missing" }
  | {
      kind: "invalid";
      reason: "too_short" | "too_long" | "letters" | "establishment_number" | "first_digit";
      /** What is left without prefixes and separators, to be shown to the person who typed it. */
      read: string;
      /** The number that was probably meant, or null. */
      suggestion: string | null;
    }
  | {
      kind: "ok";
      /** 10 digits, `^[01]`. */
      number: string;
      /** False hints at a typing error and never refuses the number: only the format is judged. */
      checkDigitsMatch: boolean;
    };

/**
 * Reads an enterprise number or VAT number as people type it: `BE`, `BTW`, `TVA`, `RPR`, `RPM`, `(0)`, dots, spaces,
 * dashes and slashes are cosmetic. First digit 0 or 1 (1 since September 2023); 2 to 8 number establishment units.
 */
export function readEnterpriseNumber(text: string | null): EnterpriseNumberReading {
  const typed = (text ?? "").normalize("NFKC").trim();
  if (typed === "") return { kind: "missing" };
  const read = compact(typed);
  // Only a prefix: show what was typed.
  if (read === "") return { kind: "invalid", reason: "too_short", read: typed, suggestion: null };
  if (/\D/.test(read)) return { kind: "invalid", reason: "letters", read, suggestion: null };
  if (read.length < 10) {
    const suggestion = read.length === 9 ? `0${read}` : null;
    return { kind: "invalid", reason: "too_short", read, suggestion };
  }
  if (read.length > 10) return { kind: "invalid", reason: "too_long", read, suggestion: null };
  if (!/^[01]/.test(read)) {
    const reason = read.startsWith("9") ? "first_digit" : "establishment_number";
    return { kind: "invalid", reason, read, suggestion: null };
  }
  return { kind: "ok", number: read, checkDigitsMatch: validate(read).isValid };
}

/** `BE 0xxx.xxx.xxx`, for people. @param number 10 digits */
export function formatEnterpriseNumber(number: string): string {
  if (!/^[01]\d{9}$/.test(number))
    throw new RangeError("an enterprise number has 10 digits, the first 0 or 1");
  return `BE ${number.slice(0, 4)}.${number.slice(4, 7)}.${number.slice(7)}`;
}

const prefixes = /^(?:(?:BE|BTW|TVA|VAT|RPR|RPM)[\s.:/\p{Pd}]*)+/u;
const separators = /[\s./\p{Pd}\p{Cf}]/gu;

function compact(typed: string): string {
  const bare = typed
    .toUpperCase()
    .replaceAll(/\p{Cf}/gu, "")
    .replace(prefixes, "")
    .replaceAll(separators, "");
  if (!bare.startsWith("(0)")) return bare;
  // "(0)" is a zero that may be left out: "(0)403…" lacks it, "(0)0403…" has it.
  const rest = bare.slice(3);
  return rest.length === 9 ? `0${rest}` : rest;
}
