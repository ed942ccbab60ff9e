import type { Connection } from "@payflip/contract/connection.ts";
import type { Entity } from "@payflip/contract/entities.ts";
import type { ApiProblem } from "../api/problem.ts";

/** What every screen of the wizard gets. */
export interface ScreenProps {
  readonly connection: Connection;
  readonly entity: Entity;
  /** Looks ahead where the server keeps no state of its own; undefined goes back to where the connection is. */
  readonly onGo: (step: "company" | "consent" | "review" | undefined) => void;
  readonly onRefused: (refusal: ApiProblem) => void;
}
