export interface PersonName {
  firstName: string | null;
  lastName: string | null;
}

/**
 * Whether two records with the same e-mail are likely two people: both the first and the last name differ.
 *
 * Case, accents, hyphens, apostrophes and blanks do not count, and first and last name may have been swapped. A name
 * that is missing does not differ.
 */
export function namesDiffer(a: PersonName, b: PersonName): boolean {
  const [aFirst, aLast, bFirst, bLast] = [a.firstName, a.lastName, b.firstName, b.lastName].map(fold);
  if (!aFirst || !aLast || !bFirst || !bLast) return false;
  if (aFirst === bLast && aLast === bFirst) return false;
  return aFirst !== bFirst && aLast !== bLast;
}

/** Letters and digits alone, without accents, in lower case. */
function fold(name: string | null): string {
  return (name ?? "")
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "")
    .replaceAll(/[øœæßłđð]/g, (letter) => plainLetters.get(letter) ?? letter);
}

/** Letters that look accented but do not decompose. */
const plainLetters = new Map([
  ["ø", "o"],
  ["œ", "oe"],
  ["æ", "ae"],
  ["ß", "ss"],
  ["ł", "l"],
  ["đ", "d"],
  ["ð", "d"],
]);

/** The key of an e-mail match that an admin decided: this worker and this employee, whatever their names. */
export function matchKey(workerId: string, employeeId: string): string {
  return `${employeeId} ${workerId}`;
}
