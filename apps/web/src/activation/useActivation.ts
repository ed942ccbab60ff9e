import type { ActivationStarted } from "@payflip/contract/connection.ts";
import { useMutation } from "@tanstack/react-query";
import { request } from "../api/client.ts";

/** Has the company checked at Liantis and gets the address where consent is given. */
export function useActivation(entityId: string) {
  return useMutation({
    mutationKey: ["activation", entityId],
    mutationFn: () => request<ActivationStarted>("POST", `/entities/${entityId}/liantis/activation`, {}),
  });
}
