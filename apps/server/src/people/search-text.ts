/** The text that the search of people looks in: names, e-mail and number as `plainText`, so that "zoe" finds "Zoé". */
export function searchText(person: {
  firstName: string;
  lastName: string;
  email: string;
  employeeNumber: string | null;
}): string {
  return plainText(
    `${person.firstName} ${person.lastName} ${person.firstName} ${person.email} ${person.employeeNumber ?? ""}`,
  );
}

/** Lower case, without accents: for stored and for typed text. `plain` in link-desk/list-links.sql.ts is the same in SQL. */
export function plainText(text: string): string {
  return text
    .normalize("NFD")
    .replaceAll(/\p{Diacritic}/gu, "")
    .toLowerCase();
}
