/** The digits of a VAT text, without spaces, dots and the BE in front. */
function enterpriseDigits(vat: string): string {
  return vat.replace(/^\s*BE/i, "").replace(/[\s.\-/]/g, "");
}

/** `BE 0123.456.789` for ten digits; anything else is shown as it was typed. */
export function groupedVatNumber(vat: string): string {
  const digits = enterpriseDigits(vat);
  return /^\d{10}$/.test(digits) ? `BE ${groupedEnterpriseNumber(digits)}` : vat;
}

export function groupedEnterpriseNumber(digits: string): string {
  return digits.replace(/^(\d{4})(\d{3})(\d{3})$/, "$1.$2.$3");
}

export type VatHint = "none" | "format" | "check_digits" | "establishment";

/**
 * A hint about an unusual VAT number, never a refusal. The last two digits of an enterprise number
 * are 97 minus the first eight modulo 97; a first digit of 2 to 8 is an establishment unit.
 */
export function vatHint(vat: string): VatHint {
  if (vat.trim() === "") return "none";
  const digits = enterpriseDigits(vat);
  if (!/^\d{10}$/.test(digits)) return "format";
  if (/^[2-8]/.test(digits)) return "establishment";
  const check = 97 - (Number(digits.slice(0, 8)) % 97);
  return check === Number(digits.slice(8)) && /^[01]/.test(digits) ? "none" : "check_digits";
}
