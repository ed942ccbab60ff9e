/** The form in which e-mails are compared: trimmed, in lower case, each accent with its letter (NFC). Dots and plus signs stay. */
export function normaliseEmail(text: string): string {
  return text.trim().toLowerCase().normalize("NFC");
}

/**
 * Whether a mail could be sent to it. Pragmatic: one `@` with something before it, a dot in the domain, no blank or control
 * character, at most 254 characters (RFC 5321), no empty part before, between or after dots.
 */
export function isEmail(text: string): boolean {
  if (text.length > 254 || unusable.test(text)) return false;
  const [local, domain, ...more] = text.split("@");
  if (local === undefined || domain === undefined || more.length > 0) return false;
  if (
    local === "" ||
    local.length > 64 ||
    local.startsWith(".") ||
    local.endsWith(".") ||
    local.includes("..")
  ) {
    return false;
  }
  const labels = domain.split(".");
  return labels.length > 1 && labels.every((label) => domainLabel.test(label));
}

/** The part after the `@` of a valid address. */
export function emailDomain(email: string): string {
  return email.slice(email.lastIndexOf("@") + 1);
}

/** Whether an address belongs to the domain itself or to one below it (`mail.firm.be` below `firm.be`). */
export function isWithinDomain(email: string, domain: string): boolean {
  const own = emailDomain(normaliseEmail(email));
  const wanted = normaliseEmail(domain).replace(/^@/, "");
  return own === wanted || own.endsWith(`.${wanted}`);
}

const unusable = /[\s\p{Cc}\p{Cf}<>()[\]\\,;:"]/u;
const domainLabel = /^[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u;
