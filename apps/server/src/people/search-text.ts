/** What the people search looks in: names, e-mail and number in lower case and without accents, so that "zoe" finds "Zoé". */
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

/** Lower case, without accents. The same for what is stored and for what is typed. */
export function plainText(text: string): string {
  return text
    .normalize("NFD")
    .replaceAll(/\p{Diacritic}/gu, "")
    .toLowerCase();
}
