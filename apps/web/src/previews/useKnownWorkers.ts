import type { Candidate } from "@payflip/contract/candidates.ts";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { candidatesQuery } from "../api/decision-queries.ts";

/** What the list to choose from has about a worker. */
export interface KnownWorker {
  readonly name: string | undefined;
  /** What to fix before the worker can be processed. */
  readonly remedy: string | null;
}
export type KnownWorkers = ReadonlyMap<string, KnownWorker>;

/** Names and remedies by worker, from the list to choose from: a preview stores no names of people who are not in Payflip yet. */
export function useKnownWorkers(entityId: string): KnownWorkers {
  const { data } = useQuery(candidatesQuery(entityId));
  return useMemo(
    () =>
      new Map(
        data?.people.map((person) => [
          person.workerId,
          { name: candidateName(person), remedy: person.remedy },
        ]),
      ),
    [data],
  );
}

/** First and last name, or undefined where Liantis sent neither. */
export function candidateName({ firstName, lastName }: Candidate): string | undefined {
  return [firstName, lastName].filter(Boolean).join(" ") || undefined;
}
