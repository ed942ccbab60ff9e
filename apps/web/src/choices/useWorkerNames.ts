import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { candidatesQuery } from "../api/decision-queries.ts";
import { candidateName } from "./candidate-filter.ts";

/** Names from the list to choose from: a preview keeps none of people who are not in Payflip yet. */
export function useWorkerNames(entityId: string, isWanted: boolean): ReadonlyMap<string, string> {
  const { data } = useQuery({ ...candidatesQuery(entityId), enabled: isWanted });
  return useMemo(
    () =>
      new Map(
        data?.people.flatMap((person) => {
          const name = candidateName(person);
          return name === undefined ? [] : [[person.workerId, name] as const];
        }),
      ),
    [data],
  );
}
