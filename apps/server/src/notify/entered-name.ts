const lengthMax = 60;

/**
 * A name that a customer entered, for a mail: in one line, short, and without anything that a mail program makes a link of. The texts
 * put it between quotation marks, which it cannot close: it never reads as a sentence of ours.
 */
export function enteredName(text: string): string {
  const line = text
    .replaceAll(/\S*:\/\/\S*|\bwww\.\S+|\S+@\S+/giu, " ")
    // Mail programs make a link of a domain alone, too.
    .replaceAll(/\.(?=\p{L})/gu, ". ")
    .replaceAll(/[“”„«»]/gu, '"')
    .replaceAll(/[\p{C}\s]+/gu, " ")
    .trim();
  const characters = Array.from(line);
  return characters.length <= lengthMax ? line : `${characters.slice(0, lengthMax - 1).join("")}…`;
}
