export interface PersonName {
  firstName: string | null;
  lastName: string | null;
}

/**
 * Whether two records of one e-mail address are likely two people: both the first and the last name differ.
 *
 * Case, accents, hyphens, apostrophes and blanks do not count, and first and last name may have been swapped. A name
 * that is not there cannot differ.
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

/** An e-mail match as an admin accepted it: this worker is this employee, whatever their names; nobody else is meant. */
export function matchKey(workerId: string, employeeId: string): string {
  return `${employeeId} ${workerId}`;
}
