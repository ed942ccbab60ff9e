import type { Candidate, CandidateMatch, Choice } from "@payflip/contract/candidates.ts";
import { plainText, searchWords } from "../ui/lists/search-words.ts";

export interface CandidateFilter {
  readonly q: string;
  readonly match: CandidateMatch | "all";
  readonly choice: Choice | "none" | "all";
  readonly onlySelected: boolean;
}

export const everybody: CandidateFilter = { q: "", match: "all", choice: "all", onlySelected: false };

/** The people who match search and filters, in the order of the list. Each word must be in the name, e-mail or number. */
export function filterCandidates(
  people: readonly Candidate[],
  { q, match, choice, onlySelected }: CandidateFilter,
  selected: ReadonlySet<string>,
): Candidate[] {
  const words = searchWords(q);
  return people.filter(
    (person) =>
      (match === "all" || person.match === match) &&
      (choice === "all" || (person.choice ?? "none") === choice) &&
      (!onlySelected || selected.has(person.workerId)) &&
      words.every((word) => searchable(person).includes(word)),
  );
}

const weight: Readonly<Record<Choice | "none", number>> = {
  waiting: 0,
  none: 0,
  selected: 1,
  released: 2,
  excluded: 3,
};

/** People who wait for a choice first, then by name. */
export function newcomersFirst(people: readonly Candidate[], language: string): Candidate[] {
  const { compare } = new Intl.Collator(language);
  return people.toSorted(
    (a, b) => weight[a.choice ?? "none"] - weight[b.choice ?? "none"] || compare(sortName(a), sortName(b)),
  );
}

function sortName({ firstName, lastName }: Candidate): string {
  return `${lastName ?? ""} ${firstName ?? ""}`;
}

const searchTexts = new WeakMap<Candidate, string>();

function searchable(person: Candidate): string {
  const known = searchTexts.get(person);
  if (known !== undefined) return known;
  const { firstName, lastName, email, employeeNumber } = person;
  const made = plainText([firstName, lastName, email, employeeNumber].filter(Boolean).join(" "));
  searchTexts.set(person, made);
  return made;
}
