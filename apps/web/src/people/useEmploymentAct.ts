import type { Deactivation, EmployeeDetail } from "@payflip/contract/employees.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "../api/client.ts";
import { announce } from "../ui/Toasts.tsx";

/** What shows whether somebody is active. */
const shown = ["employee", "employees", "explanation", "tasks", "connection"] as const;

/** Deactivates somebody or brings them back. @param onDone answers what is said then */
export function useEmploymentAct(
  employeeId: string,
  act: "deactivation" | "reactivation",
  onDone: () => string,
) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (given: Deactivation | Record<string, never>) =>
      request<EmployeeDetail>("POST", `/employees/${employeeId}/${act}`, given),
    onSuccess: async () => {
      announce(onDone());
      await Promise.all(shown.map((key) => queryClient.invalidateQueries({ queryKey: [key] })));
    },
  });
}
