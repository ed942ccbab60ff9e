import type { Candidate } from "@payflip/contract/candidates.ts";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { candidatesQuery } from "../api/decision-queries.ts";

/** What the list to choose from knows of somebody. */
export interface KnownWorker {
  readonly name: string | undefined;
  /** What to put right before they can be processed. */
  readonly remedy: string | null;
}
export type KnownWorkers = ReadonlyMap<string, KnownWorker>;

/** By worker: names and remedies from the list to choose from, since a preview keeps none of people who are not in Payflip yet. */
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

/** The name as people say it, or undefined where Liantis sent none. */
export function candidateName({ firstName, lastName }: Candidate): string | undefined {
  return [firstName, lastName].filter(Boolean).join(" ") || undefined;
}
