/** The words of a search, without capitals and accents. */
export function searchWords(q: string): string[] {
  return plainText(q).split(/\s+/).filter(Boolean);
}

/** Without capitals and accents: "zoe" finds "Zoé". */
export function plainText(value: string): string {
  return value.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
