import type { Connection } from "@payflip/contract/connection.ts";
import type { Entity } from "@payflip/contract/entities.ts";
import { useMutation } from "@tanstack/react-query";
import { call } from "../api/call.ts";
import type { ApiProblem } from "../api/problem.ts";

export type Ahead = "company" | "consent" | "picker" | "review";

/** What every screen of the wizard gets. */
export interface ScreenProps {
  readonly connection: Connection;
  readonly entity: Entity;
  /** Shows a step for which the server keeps no state; undefined returns to the step of the connection. */
  readonly onGo: (step: Ahead | undefined, previewId?: string) => void;
  readonly onRefused: (refusal: ApiProblem) => void;
}

/** Checks the company at Liantis and answers the address where consent is given. */
export function useActivation(entityId: string) {
  return useMutation({
    mutationFn: () => call("startActivation", { params: { id: entityId } }),
  });
}
