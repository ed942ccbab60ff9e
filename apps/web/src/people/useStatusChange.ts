import type { EmployeeDetail } from "@payflip/contract/employees.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { invalidate } from "../api/endpoint-query.ts";
import { announce } from "../ui/Toasts.tsx";

/** The endpoints whose answers show whether a person is active. */
const shown = ["readEmployee", "listEmployees", "explainEmployee", "listTasks", "readConnection"] as const;

/** A change of whether a person is active. @param onDone answers the announcement */
export function useStatusChange<Given>(
  change: (given: Given) => Promise<EmployeeDetail>,
  onDone: () => string,
) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async () => {
      announce(onDone());
      await invalidate(queryClient, shown);
    },
  });
}
