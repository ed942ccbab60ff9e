import { normaliseEmail } from "../domain/values/email.ts";

export type PasswordFault = "too_short" | "too_long" | "is_address" | "too_simple";

/** In characters, as NIST SP 800-63B counts them: code points of the NFKC form. */
const lengthMin = 12;
const lengthMax = 200;
const differentCharactersMin = 5;

/** Why a password is refused, or null. Length counts; no kind of character is demanded. */
export function passwordFault(password: string, email: string): PasswordFault | null {
  const text = password.normalize("NFKC");
  const characters = Array.from(text);
  if (characters.length < lengthMin) return "too_short";
  if (characters.length > lengthMax) return "too_long";
  if (holdsAddress(text, email)) return "is_address";
  return new Set(characters).size < differentCharactersMin ? "too_simple" : null;
}

/** The address, or its part before the `@`, with no more than a few characters around it. */
function holdsAddress(text: string, email: string): boolean {
  const typed = normaliseEmail(text);
  const address = normaliseEmail(email);
  const [local = ""] = address.split("@");
  const rest = (part: string) =>
    part !== "" && typed.includes(part) ? typed.length - part.length : Infinity;
  return Math.min(rest(address), rest(local)) < 6;
}
